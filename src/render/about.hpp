// SPDX-License-Identifier: MIT
// Whose report it is: shown on the page and in JSON.
#pragma once
#include <string>

namespace checklist::render {
struct About {
  std::string host;     // the host's name
  std::string version;  // of checklistd
};
}  // namespace checklist::render
