// SPDX-License-Identifier: MIT
// A finding in one line, with its words in the order in which a person reads them.
#pragma once
#include <string>
#include <utility>

#include "checklist/finding.hpp"

namespace checklist::semantics {
inline Finding finding(Status status, std::string subject, std::string reason, std::string expected,
                       std::string observed, std::string hint = {}) {
  return {.status = status,
          .subject = std::move(subject),
          .reason = std::move(reason),
          .expected = std::move(expected),
          .observed = std::move(observed),
          .hint = std::move(hint),
          .details = {}};
}

inline Finding passed(std::string subject, std::string expected, std::string observed) {
  return finding(Status::pass, std::move(subject), {}, std::move(expected), std::move(observed));
}
}  // namespace checklist::semantics
