// SPDX-License-Identifier: MIT
// The daemon's state file.
#include <stdexcept>

#include "fuzz/fuzz.hpp"
#include "store/state_json.hpp"

namespace checklist::fuzz {
const std::size_t longest = 4U << 20U;  // the file has no bound; a thousand units make one MiB

void run(std::string_view input) {
  try {
    const store::State state = store::state_from(std::string(input));
    const std::string once = store::StateText().of(state);
    require(store::StateText().of(store::state_from(once)) == once,
            "a printed state reads back equal");
  } catch (const std::invalid_argument& error) {
    require(*error.what() != '\0', "a refused text has a reason");
  }
}
}  // namespace checklist::fuzz
