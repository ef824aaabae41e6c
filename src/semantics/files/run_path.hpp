// SPDX-License-Identifier: MIT
// The directories in which ld.so(8) looks for libraries: those of a program's run path, and those
// of the system.
#pragma once
#include <array>
#include <string>

namespace checklist::semantics {
// Those of Debian and of other distributions; a directory that does not exist does no harm.
inline constexpr std::array library_directories{"/lib/x86_64-linux-gnu",
                                                "/usr/lib/x86_64-linux-gnu",
                                                "/lib/aarch64-linux-gnu",
                                                "/usr/lib/aarch64-linux-gnu",
                                                "/lib64",
                                                "/usr/lib64",
                                                "/lib",
                                                "/usr/lib"};

// Returns whether the path, without links, is one of these.
bool is_library_directory(const std::string& path);

// Returns whether the directory of a run path has the token $ORIGIN.
bool names_origin(const std::string& directory);

// Returns a directory of a run path without tokens; "" if it has one that is not known here.
// `origin` is the directory of the program or library. No directory of it is a link, so that ".."
// after it need not be looked up.
std::string expanded_run_path(std::string directory, std::string origin);

std::string parent_directory(const std::string& path);
}  // namespace checklist::semantics
