// SPDX-License-Identifier: MIT
// The audience of a rendered report: log text is shown only to those who may read the system's
// journal.
#pragma once
#include <string>

#include "checklist/finding.hpp"

namespace checklist::render {
enum class Audience { anyone, journal_readers };

// Returns the finding's details, or "" if they quote a log that the audience may not read.
inline std::string details_for(Audience audience, const Finding& finding) {
  return finding.quotes_log && audience == Audience::anyone ? std::string() : finding.details;
}
}  // namespace checklist::render
