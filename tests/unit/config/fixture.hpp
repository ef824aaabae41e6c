// SPDX-License-Identifier: MIT
// A temporary tree of configuration files, and what is wrong with it in the daemon's own words.
#pragma once
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "config/configuration.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::config {
class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    locations_.daemon_file = root_ / "checklistd.json";
    locations_.directories = {root_ / "usr", root_ / "etc"};
    locations_.user_directories = {root_ / "user"};
    for (const char* directory : {"usr", "etc", "user"}) {
      std::filesystem::create_directory(root_ / directory);
    }
  }

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

  const testing::TemporaryDirectory directory_;
  const std::filesystem::path root_ = directory_.path();
  Locations locations_;
};
}  // namespace checklist::config
