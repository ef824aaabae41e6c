// SPDX-License-Identifier: MIT
// What a gate counts: the checks that do not pass now, less those that did not pass before.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/report.hpp"

#include "render/report_json.hpp"

namespace checklist::ctl {
// The report in that file; `mistake` says why it cannot be a baseline, for nothing passed in it or
// it is none.
render::ParsedReport read_baseline(const std::string& file);

struct Verdict {
  Status worst = Status::pass;           // of what counts
  std::vector<std::string> missing;      // passed before and is in no report now: counts as failed
  std::vector<std::string> not_counted;  // does not pass, but did not before either
};

// Without a baseline everything counts. Of a baseline, only what `now` can show counts as missing:
// `manager`'s units, and the host's checks.
Verdict judge(const Report& now, const std::optional<Report>& baseline, const std::string& manager);
}  // namespace checklist::ctl
