// SPDX-License-Identifier: MIT
// One file of the configuration: its object, and every mistake in it at its place.
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
  // Reads and parses it; what stands in the way is added to the problems, which are borrowed.
  JsonFile(std::string path, std::vector<Problem>& problems);

  // Nothing when it could not be read or is no object.
  [[nodiscard]] const Dict* object() const;

  void refuse(const std::string& pointer, std::string message);
  void refuse(const ConfigErrors& mistakes);

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
