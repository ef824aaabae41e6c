// SPDX-License-Identifier: MIT
// Runs a check. A defect of one check leaves the others, and the daemon, as they are.
#pragma once
#include <algorithm>
#include <exception>
#include <functional>
#include <string>
#include <utility>

#include "checklist/finding.hpp"

namespace checklist::engine {
inline Findings failed_check(const std::string& why) {
  return {{.status = Status::unknown,
           .subject = "check",
           .reason = "internal_error",
           .expected = "the check is evaluated",
           .observed = "an error in checklistd: " + why,
           .hint = "report it, with the log of checklistd and the unit's spec",
           .details = {}}};
}

// A unit may have thousands of dependencies, and readers of reports accept 4096 findings of a
// check.
constexpr std::size_t most_findings = 1000;

// Returns at most that many findings, the worst, and how many there are besides.
inline Findings bounded(Findings all) {
  if (all.size() <= most_findings) {
    return all;
  }
  std::ranges::stable_sort(all, std::greater{}, &Finding::status);
  const Finding first_left_out = std::move(all.at(most_findings - 1));
  const std::size_t left_out = all.size() - most_findings + 1;
  all.resize(most_findings - 1);
  all.push_back({.status = first_left_out.status,
                 .subject = "more",
                 .reason = first_left_out.reason,
                 .expected = first_left_out.expected,
                 .observed = std::to_string(left_out) +
                             " more findings, at most as bad as this: " + first_left_out.observed,
                 .hint = first_left_out.hint});
  return all;
}

// Returns the findings of the check, or that it threw an exception.
template <class Check, class Sees>
Findings findings_of(const Check& check, Sees& view) {
  try {
    return bounded(check.run(view));
  } catch (const std::exception& error) {
    return failed_check(error.what());
  }
}
}  // namespace checklist::engine
