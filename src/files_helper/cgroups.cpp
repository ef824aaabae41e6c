// SPDX-License-Identifier: MIT
#include "files_helper/cgroups.hpp"

#include <filesystem>
#include <system_error>

#include <sys/stat.h>

namespace checklist::files {
namespace {
namespace fs = std::filesystem;

class Search {
 public:
  Search(const std::string& root, const std::set<std::string>& units)
      : root_(root), units_(units) {}

  void below(const std::string& slice) {
    std::error_code error;  // removed meanwhile
    for (auto at = fs::directory_iterator(root_ + slice, error);
         !error && at != fs::directory_iterator(); at.increment(error)) {
      const std::string name = at->path().filename().string();
      const std::string path = slice + "/" + name;
      // systemd escapes names that cgroupfs reserves.
      if (units_.contains(name.starts_with('_') ? name.substr(1) : name)) {
        add(path);
      }
      if (name.ends_with(".slice")) {
        below(path);
      }
    }
  }

  std::map<std::string, std::uint64_t> found;

 private:
  void add(const std::string& path) {
    struct stat status {};

    if (::stat((root_ + path).c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
      found.insert_or_assign(path, status.st_ino);
    }
  }

  const std::string& root_;
  const std::set<std::string>& units_;
};
}  // namespace

std::map<std::string, std::uint64_t> cgroups_of(const std::string& root,
                                                const std::set<std::string>& units) {
  Search search(root, units);
  search.below("");
  return std::move(search.found);
}
}  // namespace checklist::files
