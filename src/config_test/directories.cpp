// SPDX-License-Identifier: MIT
#include "config_test/directories.hpp"

#include <filesystem>
#include <system_error>

namespace checklist::config_test {
namespace {
namespace fs = std::filesystem;
constexpr int deepest = 2;
constexpr std::size_t most_directories = 1000;
}  // namespace

void mirror_directories(const std::string& from, const std::string& to) {
  std::error_code error;
  std::size_t count = 0;
  for (auto at = fs::recursive_directory_iterator(from, error);
       !error && at != fs::recursive_directory_iterator() && count < most_directories;
       at.increment(error)) {
    if (at->symlink_status(error).type() != fs::file_type::directory) {
      continue;
    }
    const fs::path made = to / at->path().lexically_relative(from);
    fs::create_directories(made, error);
    fs::permissions(made, fs::perms::all, error);
    ++count;
    if (at.depth() >= deepest) {
      at.disable_recursion_pending();
    }
  }
}

void make_runtime_directories(const std::string& run, const std::vector<std::string>& names,
                              const Identity& identity) {
  for (const std::string& name : names) {
    const std::string path = run + '/' + name;
    std::error_code error;  // as another test's, it is left
    fs::create_directories(path, error);
    fs::permissions(path, identity.reads_all ? fs::perms(0755) : fs::perms::all, error);
  }
}
}  // namespace checklist::config_test
