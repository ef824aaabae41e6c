// SPDX-License-Identifier: MIT
// What a program that tests a configuration prints: often a place in a file, and a cause that may
// quote the file.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace checklist::parse {
// Returns the last lines of the output: at most twenty, each of at most 300 bytes, with a space for
// each control character, and without what is quoted unless it is a path: it may be a secret.
std::vector<std::string> last_lines(std::string_view output);
}  // namespace checklist::parse
