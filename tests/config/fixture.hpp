// SPDX-License-Identifier: MIT
// A temporary tree of configuration files, and what is wrong with it in the daemon's own words.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "config/configuration.hpp"

namespace checklist::config {
class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "checklist-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
    locations_.daemon_file = root_ / "checklistd.json";
    locations_.directories = {root_ / "usr", root_ / "etc"};
    locations_.user_directories = {root_ / "user"};
    for (const char* directory : {"usr", "etc", "user"}) {
      std::filesystem::create_directory(root_ / directory);
    }
  }

  void TearDown() override { std::filesystem::remove_all(root_); }

  void write(const std::string& file, const std::string& text) {
    std::ofstream(root_ / file, std::ios::binary) << text;
  }

  [[nodiscard]] Configuration configuration() const { return load(locations_).configuration; }

  // The problems, without the directory that they stand in.
  [[nodiscard]] std::vector<std::string> problems() const {
    std::vector<std::string> out;
    for (const Problem& problem : load(locations_).problems) {
      out.push_back(in_tree(text(problem)));
    }
    return out;
  }

  [[nodiscard]] std::string in_tree(std::string line) const {
    const std::string prefix = root_.string() + "/";
    for (auto at = line.find(prefix); at != std::string::npos; at = line.find(prefix)) {
      line.erase(at, prefix.size());
    }
    return line;
  }

  std::filesystem::path root_;
  Locations locations_;
};
}  // namespace checklist::config
