// SPDX-License-Identifier: MIT
// Finds the configuration's files: directories with precedence, and masked files.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "config/configuration.hpp"

namespace checklist::config {
struct SpecFile {
  std::string path;
  std::size_t directory = 0;  // index of its directory in the argument
};

struct SpecFiles {
  std::vector<SpecFile> files;     // by name
  std::vector<std::string> notes;  // files replaced or masked by a later directory
};

// Returns the *.json files of the directories. An empty file or a link to /dev/null masks earlier
// files of its name. A directory that does not exist counts as empty.
SpecFiles spec_files(const std::vector<std::string>& directories, std::vector<Problem>& problems);

// Returns the text of a regular file of at most 1 MiB; otherwise adds a problem.
std::optional<std::string> read_file(const std::string& path, std::vector<Problem>& problems);
}  // namespace checklist::config
