// SPDX-License-Identifier: MIT
#include "ctl/capture/unit_directory.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string_view>
#include <vector>

#include "parse/unit_file.hpp"
#include "semantics/unit/unit_files.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::ctl {
namespace {
namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> read_types{"service", "timer", "socket", "path"};
constexpr std::array<std::string_view, 3> link_directories{".wants", ".requires", ".upholds"};
constexpr auto nothing = "/dev/null";

std::vector<fs::path> entries(const fs::path& directory) {
  std::vector<fs::path> out;
  if (fs::is_directory(directory)) {
    std::ranges::copy(fs::directory_iterator(directory), std::back_inserter(out));
  }
  std::ranges::sort(out);
  return out;
}

UnitFile parsed(const fs::path& path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return parse::unit_file(text);
}

bool is_template(const std::string& unit) {
  return unit.find("@.") != std::string::npos;
}

class Reading {
 public:
  explicit Reading(fs::path directory) : directory_(std::move(directory)) {}

  capture::UnitsOnDisk run() {
    for (const fs::directory_entry& entry : fs::directory_iterator(directory_)) {
      const std::string name = entry.path().filename();
      const auto type = semantics::unit_type(name);
      if (std::ranges::find(read_types, type) != read_types.end() && !is_template(name)) {
        add(name, entry);
      }
    }
    for (const fs::path& each : entries(directory_)) {
      for (const std::string_view suffix : link_directories) {
        if (each.filename().string().ends_with(suffix)) {
          add_links(each);
        }
      }
    }
    for (const auto& [alias, unit] : aliases_) {
      if (const auto found = units_.find(unit); found != units_.end()) {
        found->second.aliases.insert(alias);
      }
    }
    return std::move(units_);
  }

 private:
  // A file is a unit, and so is a link to a file of the same name (/nix/store/…/x.service).
  void add(const std::string& name, const fs::directory_entry& entry) {
    const fs::path target = entry.is_symlink() ? fs::read_symlink(entry.path()) : fs::path(name);
    const std::string leads_to = target.filename();
    if (target == nothing) {
      units_[name].masked = true;
    } else if (leads_to != name && leads_to != semantics::template_of(name)) {
      aliases_[name] = leads_to;
    } else {
      read(name, entry.path());
    }
  }

  void read(const std::string& name, const fs::path& fragment) {
    capture::UnitOnDisk& unit = units_[name];
    unit.files.push_back(parsed(fragment));
    std::map<std::string, fs::path> drop_ins;  // the most specific directory wins
    for (const std::string& stem : semantics::directory_stems(name)) {
      for (const fs::path& each : entries(directory_ / (stem + ".d"))) {
        if (each.extension() == ".conf") {
          drop_ins.try_emplace(each.filename(), each);
        }
      }
    }
    for (const auto& [file, path] : drop_ins) {
      unit.files.push_back(parsed(path));
    }
  }

  void add_links(const fs::path& directory) {
    for (const fs::path& link : entries(directory)) {
      const std::string name = link.filename();
      const std::string generic = semantics::template_of(name);
      if (!units_.contains(name) && !generic.empty() && fs::exists(directory_ / generic)) {
        read(name, directory_ / generic);
      }
      if (const auto found = units_.find(name); found != units_.end()) {
        found->second.linked.insert(directory.stem());
      }
    }
  }

  fs::path directory_;
  capture::UnitsOnDisk units_;
  std::map<std::string, std::string> aliases_;
};
}  // namespace

capture::UnitsOnDisk read_units(const std::string& directory) {
  return Reading(directory).run();
}
}  // namespace checklist::ctl
