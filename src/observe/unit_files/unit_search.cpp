// SPDX-License-Identifier: MIT
#include "observe/unit_files/unit_search.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "observe/shortage.hpp"
#include "semantics/unit/unit_files.hpp"

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;
constexpr std::string_view drop_in_directory = ".d";

bool exists(const std::string& path) {
  std::error_code gone;
  return fs::exists(fs::symlink_status(path, gone));
}
}  // namespace

UnitSearch::UnitSearch(event::Loop& loop, std::string root, std::function<void()> changed)
    : loop_(loop), root_(std::move(root)), changed_(std::move(changed)) {}

bool UnitSearch::search_path(std::vector<std::string> directories) {
  if (directories == search_path_) {
    return false;
  }
  search_path_ = std::move(directories);
  directories_.clear();
  const auto is_changed = [this](const UnitDirectory& files) {
    for (Directory& each : directories_) {
      if (each.files.get() == &files) {
        scan(each);
      }
    }
    changed_();
  };
  for (auto& files : unit_directories(loop_, root_, search_path_, is_changed)) {
    directories_.push_back({std::move(files)});
  }
  look_again();
  return true;
}

void UnitSearch::look_again() {
  for (Directory& each : directories_) {
    scan(each);
  }
}

// A directory that cannot be read keeps the entries that it had.
void UnitSearch::scan(Directory& directory) {
  try {
    directory.drop_ins = drop_ins_in(*directory.files);
    directory.is_read = true;
  } catch (const Shortage&) {
    directory.files->look_later();
  }
}

bool UnitSearch::is_known() const {
  return !search_path_.empty() && std::ranges::all_of(directories_, &Directory::is_read);
}

std::map<std::string, UnitSearch::Entries> UnitSearch::drop_ins_in(UnitDirectory& files) {
  constexpr std::string_view file = ".conf";
  std::map<std::string, Entries> out;
  const auto names =
      files.look([](const std::string& name) { return name.ends_with(drop_in_directory); });
  for (const std::string& below : names) {
    for (const std::string& name : names_in(files.full() + "/" + below)) {
      if (name.ends_with(file) && !name.starts_with('.')) {
        const std::string path = "/" + below + "/" + name;
        out[below][name] = is_mask(files.full() + path) ? "" : files.path() + path;
      }
    }
  }
  return out;
}

std::string UnitSearch::fragment_before(const std::string& unit, const std::string& loaded) const {
  std::string out;
  for (const Directory& each : directories_) {
    const std::string directory = each.files->path() + "/";
    if (loaded.starts_with(directory)) {
      return out;
    }
    if (out.empty() && exists(each.files->full() + "/" + unit)) {
      out = directory + unit;
    }
  }
  return {};
}

// The order of unit_file_find_dropin_paths() in systemd: for each name, its directories and those
// of its template and prefixes along the search path; finally those of its type.
std::map<std::string, std::string> UnitSearch::drop_ins(
    const std::vector<std::string>& names) const {
  Entries out;
  const auto take = [&out](const Directory& directory, const std::string& stem) {
    const auto found = directory.drop_ins.find(stem + std::string(drop_in_directory));
    if (found != directory.drop_ins.end()) {
      out.insert(found->second.begin(), found->second.end());  // the first of a file name wins
    }
  };
  std::string type;
  for (const std::string& name : names) {
    auto stems = semantics::directory_stems(name);
    type = stems.back();
    stems.pop_back();
    for (const Directory& directory : directories_) {
      for (const std::string& stem : stems) {
        take(directory, stem);
      }
    }
  }
  for (const Directory& directory : directories_) {
    take(directory, type);
  }
  return out;
}
}  // namespace checklist::observe
