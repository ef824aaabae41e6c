// SPDX-License-Identifier: MIT
// Completes command lines of checklistctl for shells.
#pragma once
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's own name
class App;
}

namespace checklist::ctl {
// Returns the words that begin with the last of `words`, which follow the program's name: commands,
// options, values of options, checks, and units of the running daemon or else of the specs. Empty
// where a file is expected.
std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words);
}  // namespace checklist::ctl
