// SPDX-License-Identifier: MIT
#include "checks/earlier/earlier_life.hpp"

#include <algorithm>
#include <iterator>

namespace checklist::checks {
Findings earlier_life(View& see) {
  Findings out;
  for (const auto part : {replaced_programs, lost_mounts, missing_directories, unread_files,
                          changed_accounts, leftover_processes}) {
    std::ranges::move(part(see), std::back_inserter(out));
  }
  return out;
}
}  // namespace checklist::checks
