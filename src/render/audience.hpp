// SPDX-License-Identifier: MIT
// For whom something is rendered: log text is shown to those alone who could read it with
// journalctl.
#pragma once
#include <string>

#include "checklist/finding.hpp"

namespace checklist::render {
enum class Audience { anyone, journal_readers };

inline std::string details_for(Audience audience, const Finding& finding) {
  return finding.quotes_log && audience == Audience::anyone ? std::string() : finding.details;
}
}  // namespace checklist::render
