// SPDX-License-Identifier: MIT
// Which files make the configuration: directories with precedence, masks, and what cannot be read.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "config/configuration.hpp"

namespace checklist::config {
struct SpecFile {
  std::string path;
  std::size_t directory = 0;  // which of the given ones it lies in
};

struct SpecFiles {
  std::vector<SpecFile> files;     // by name
  std::vector<std::string> notes;  // those that a later directory replaces or masks
};

// The *.json files of the directories; an empty file or a link to /dev/null masks those before it.
// A directory that does not exist is empty.
SpecFiles spec_files(const std::vector<std::string>& directories, std::vector<Problem>& problems);

// The text of a regular file of at most 1 MiB; a problem otherwise.
std::optional<std::string> read_file(const std::string& path, std::vector<Problem>& problems);
}  // namespace checklist::config
