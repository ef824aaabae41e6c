// SPDX-License-Identifier: MIT
// A configuration file: its JSON object, and its errors with line and column.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/params/error.hpp"

#include "config/configuration.hpp"
#include "config/json.hpp"

namespace checklist::config {
class JsonFile {
 public:
  // Reads and parses the file. Adds errors to `problems`, which must outlive it.
  JsonFile(std::string path, std::vector<Problem>& problems);

  // Returns null if the file could not be read or holds no object.
  [[nodiscard]] const Dict* object() const;

  // Add errors at the place of their JSON pointer; at most 32 of one file are kept.
  void refuse(const std::string& pointer, std::string message);
  void refuse(const ConfigErrors& errors);

 private:
  [[nodiscard]] std::size_t offset_of(std::string_view pointer) const;
  void add(std::size_t offset, const std::string& pointer, std::string message);

  std::string path_;
  std::string text_;
  Json json_;
  std::vector<Problem>& problems_;
  std::size_t count_ = 0;
};
}  // namespace checklist::config
