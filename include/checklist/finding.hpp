// SPDX-License-Identifier: MIT
// What a check says: a status, what it is about, and a sentence a person can act on.
#pragma once
#include <algorithm>
#include <optional>
#include <string>
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

// `expected` and `observed` change only when the cause of the verdict does: no counts, ages, times,
// sizes, pids, kernel-chosen ports, argv or log text in them; those belong in `details`.
struct Finding {
  Status status = Status::pass;
  std::string subject;  // what it is about: "tcp:127.0.0.1:8080", "Requires=network.target"
  std::string reason;   // one word of the check's closed list; empty on pass
  std::string expected;
  std::string observed;
  std::string hint;     // one imperative sentence; empty on pass
  std::string details;  // what may change without the verdict; shown in the report, never a label
  bool quotes_log = false;  // details are log text: for those alone who may read the journal
  bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

inline Status worst(const Findings& findings) {
  Status status = Status::skip;
  for (const Finding& finding : findings) {
    status = std::max(status, finding.status);
  }
  return status;
}

// A fact that could not be seen, as the finding it makes.
inline Finding unknown(std::string subject, std::string expected, const Unseen& unseen) {
  return {.status = Status::unknown,
          .subject = std::move(subject),
          .reason = unseen.reason,
          .expected = std::move(expected),
          .observed = unseen.why,
          .hint = unseen.remedy,
          .details = {}};
}
}  // namespace checklist
