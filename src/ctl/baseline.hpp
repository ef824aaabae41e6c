// SPDX-License-Identifier: MIT
// The checks that have regressed since a baseline.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/report.hpp"

#include "render/report_json.hpp"

namespace checklist::ctl {
// Returns the report in `file`; `mistake` is set if it is unreadable or no check passes in it.
render::ParsedReport read_baseline(const std::string& file);

struct Verdict {
  Status worst = Status::pass;       // of the checks that count
  std::vector<std::string> missing;  // passed in the baseline and is absent now: counts as failed
  std::vector<std::string> not_counted;  // passes neither now nor in the baseline
};

// Without a baseline every check counts, but never the host's generation. Only units of `manager`
// and checks of the host count; if it is empty, the units of every manager do.
Verdict judge(const Report& now, const std::optional<Report>& baseline,
              const std::optional<std::string>& manager);
}  // namespace checklist::ctl
