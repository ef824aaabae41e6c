// SPDX-License-Identifier: MIT
#include "config_test/settings.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <system_error>

#include "files_helper/unit_entries.hpp"
#include "files_helper/wanted.hpp"
#include "semantics/files/file_rules.hpp"
#include "semantics/text/fields.hpp"
#include "semantics/unit/specifiers.hpp"
#include "semantics/unit/unit_files.hpp"

namespace checklist::config_test {
namespace {
namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

// Returns the first file of that name in the directories.
std::string first_of(const std::string& name, const Texts& directories) {
  const auto at = std::ranges::find_if(directories, [&name](const std::string& directory) {
    std::error_code none;
    return !name.empty() && fs::exists(directory + '/' + name, none);
  });
  return at == directories.end() ? "" : *at + '/' + name;
}

// Returns the drop-ins by file name, each from the first directory that has it.
std::map<std::string, std::string> drop_ins(const std::string& unit, const Texts& directories) {
  std::map<std::string, std::string> out;
  for (const std::string& stem : semantics::directory_stems(unit)) {
    for (const std::string& directory : directories) {
      std::error_code none;
      for (const auto& each : fs::directory_iterator(directory + '/' + stem + ".d", none)) {
        if (each.path().extension() == ".conf") {
          out.try_emplace(each.path().filename(), each.path());
        }
      }
    }
  }
  return out;
}

bool is_true(const std::string& value) {
  return value == "yes" || value == "true" || value == "1" || value == "on";
}

class Reader {
 public:
  explicit Reader(std::string unit) : unit_(std::move(unit)) {}

  void read(const std::string& path) {
    for (const UnitFileEntry& each : files::service_entries(path)) {
      take(each.key, each.value);
    }
  }

  Settings out;

 private:
  void take(const std::string& key, const std::string& value) {
    const auto text = semantics::with_specifiers(value, unit_).value_or("");
    if (key == "User") {
      out.user = text;
    } else if (key == "Group") {
      out.group = text;
    } else if (key == "DynamicUser") {
      out.dynamic_user = is_true(text);
    } else if (key == "RuntimeDirectory") {
      take_directories(text);
    }
  }

  // An empty list resets it.
  void take_directories(const std::string& text) {
    const auto words = semantics::words(text);
    if (words.empty()) {
      out.runtime_directories.clear();
    }
    for (const auto word : words) {
      const std::string name(word.substr(0, word.find(':')));
      if (semantics::is_plain_path("/" + name)) {
        out.runtime_directories.push_back(name);
      }
    }
  }

  std::string unit_;
};
}  // namespace

Settings settings_of(const std::string& unit, const Texts& directories) {
  Reader reader(unit);
  for (const std::string& name : files::names_of_unit(unit, directories)) {
    const std::string own = first_of(name, directories);
    reader.read(own.empty() ? first_of(semantics::template_of(name), directories) : own);
    for (const auto& [ignored, path] : drop_ins(name, directories)) {
      reader.read(path);
    }
  }
  return std::move(reader.out);
}
}  // namespace checklist::config_test
