// SPDX-License-Identifier: MIT
#include "files_helper/needed_paths.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "files_helper/unit_entries.hpp"
#include "semantics/files/file_rules.hpp"
#include "semantics/text/fields.hpp"
#include "semantics/unit/specifiers.hpp"
#include "semantics/unit/unit_files.hpp"

namespace checklist::files {
namespace {
namespace fs = std::filesystem;

constexpr std::array commands{"ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost"};
constexpr std::array lists{"ReadWritePaths",  "ReadOnlyPaths",        "InaccessiblePaths",
                           "ExecPaths",       "NoExecPaths",          "TemporaryFileSystem",
                           "BindPaths",       "BindReadOnlyPaths",    "RootDirectory",
                           "RootImage",       "NetworkNamespacePath", "IPCNamespacePath",
                           "MountImages",     "ExtensionImages",      "ExtensionDirectories",
                           "StandardInput",   "StandardOutput",       "StandardError",
                           "WorkingDirectory"};
constexpr std::array secrets{"LoadCredential", "LoadCredentialEncrypted"};

bool is_one_of(const auto& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

// Returns the first word, without the prefixes of Exec*= and without quotes.
std::string program_in(std::string_view value) {
  value.remove_prefix(std::min(value.find_first_not_of("@-:+!|"), value.size()));
  const bool is_quoted = value.starts_with('"') || value.starts_with('\'');
  const char* ends = value.starts_with('"') ? "\"" : value.starts_with('\'') ? "'" : " \t";
  value.remove_prefix(is_quoted ? 1 : 0);
  return std::string(value.substr(0, value.find_first_of(ends)));
}

class UnitReader {
 public:
  UnitReader(std::string unit, NeededPaths& out) : unit_(std::move(unit)), out_(out) {}

  void read(const std::vector<std::string>& directories) {
    const std::string fragment_of_template = semantics::template_of(unit_);
    for (const std::string& directory : directories) {
      read_file(directory + '/' + unit_);
      if (!fragment_of_template.empty()) {
        read_file(directory + '/' + fragment_of_template);
      }
      for (const std::string& stem : semantics::directory_stems(unit_)) {
        std::error_code none;
        for (const auto& each : fs::directory_iterator(directory + '/' + stem + ".d", none)) {
          read_file(each.path().string());
        }
      }
    }
  }

 private:
  void read_file(const std::string& path) {
    for (const UnitFileEntry& each : service_entries(path)) {
      take(each.key, each.value);
    }
  }

  void take(const std::string& key, const std::string& value) {
    if (is_one_of(commands, key)) {
      add(out_.programs, program_in(value));
    } else if (is_one_of(lists, key) || is_one_of(secrets, key)) {
      for (const auto piece : semantics::pieces(value, " \t\"':")) {
        const auto path = piece.substr(std::min(piece.find('/'), piece.size()));
        add(is_one_of(secrets, key) ? out_.files : out_.paths, std::string(path));
      }
    } else if (key == "EnvironmentFile") {
      add(out_.files, value.substr(value.starts_with('-') ? 1 : 0));
    }
  }

  void add(std::set<std::string>& to, const std::string& given) {
    const auto path = semantics::with_specifiers(given, unit_);
    if (path && semantics::is_plain_path(*path)) {
      to.insert(*path);
    }
  }

  std::string unit_;
  NeededPaths& out_;
};
}  // namespace

NeededPaths needed_paths(const std::set<std::string>& units,
                         const std::vector<std::string>& directories) {
  NeededPaths out;
  for (const std::string& unit : units) {
    UnitReader(unit, out).read(directories);
  }
  return out;
}

std::vector<std::string> unit_search_path() {
  return {
      "/etc/systemd/system.control",  "/run/systemd/system.control",   "/run/systemd/transient",
      "/run/systemd/generator.early", "/etc/systemd/system",           "/run/systemd/system",
      "/run/systemd/generator",       "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
      "/lib/systemd/system",          "/run/systemd/generator.late"};
}
}  // namespace checklist::files
