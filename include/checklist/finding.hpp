// SPDX-License-Identifier: MIT
// The result of one comparison in a check: a status, what was expected and observed, and what to
// do.
#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checklist/names.hpp"
#include "checklist/observed.hpp"
#include "checklist/time.hpp"

namespace checklist {
// In the order of how much they matter: the worst finding is the check's status.
enum class Status { skip, pass, unknown, fail };
template <>
inline constexpr auto names<Status> = names_of<Status>({{Status::pass, "pass"},
                                                        {Status::fail, "fail"},
                                                        {Status::unknown, "unknown"},
                                                        {Status::skip, "skip"}});

// `expected`, `observed` and `hint` change only when the cause of the verdict does: they hold no
// counts, ages, times, sizes, PIDs, kernel-chosen ports, argv or log text; those belong in
// `details`. Each makes sense alone: a page or a dashboard shows it without the others.
struct Finding {
  Status status = Status::pass;
  std::string subject{};  // what it is about: "tcp:127.0.0.1:8080", "Requires=network.target"
  std::string reason{};   // one word of the check's closed list; empty on pass
  std::string expected{};
  std::string observed{};
  std::string hint{};       // one imperative sentence; empty on pass
  std::string details{};    // may change without the verdict; shown in the report, never a label
  bool quotes_log = false;  // details are log text: shown only to users who may read the journal
  std::string cause{};      // the unit from whose failure this one follows; empty: none
  bool operator==(const Finding&) const = default;
};

// Return a finding of that status from its named parts:
//   fail({.subject = edge, .reason = "no_edge", .expected = edge, .observed = "no " + edge})
inline Finding pass(Finding parts) {
  parts.status = Status::pass;
  return parts;
}

inline Finding fail(Finding parts) {
  parts.status = Status::fail;
  return parts;
}

inline Finding unknown(Finding parts) {
  parts.status = Status::unknown;
  return parts;
}

inline Finding skip(Finding parts) {
  parts.status = Status::skip;
  return parts;
}

using Findings = std::vector<Finding>;

inline Status worst(const Findings& findings) {
  Status status = Status::skip;
  for (const Finding& finding : findings) {
    status = std::max(status, finding.status);
  }
  return status;
}

// Returns the finding of a fact that could not be seen.
inline Finding unknown(std::string subject, std::string expected, const Unseen& unseen) {
  return unknown({.subject = std::move(subject),
                  .reason = unseen.reason,
                  .expected = std::move(expected),
                  .observed = unseen.why,
                  .hint = unseen.remedy});
}
}  // namespace checklist
