// SPDX-License-Identifier: MIT
#include "parse/file_facts.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
FileFacts some() {
  FileStatus file;
  file.type = "symlink";
  file.mode = 0777;
  file.uid = 1;
  file.gid = 2;
  file.device = 3;
  file.inode = UINT64_MAX;
  file.target = "/etc/x";
  file.link = "x";
  file.size = 1ULL << 40U;
  file.modified = WallTime{Duration{1'700'000'000'123'456}};
  FileFacts out;
  out.made = TimePoint{Duration{42}};
  out.files.emplace("/etc/link", file);
  out.files.emplace("/root/x", Unseen{"link", "it is behind a link", "name the path"});
  out.globs.emplace("/etc/*", std::vector<std::string>{"/etc/a", "/etc/b"});
  out.globs.emplace("/none/*", std::vector<std::string>{});
  return out;
}

TEST(FileFacts, AreReadAsTheyWereWritten) {
  EXPECT_EQ(file_facts(print_file_facts(some())), some());
  EXPECT_EQ(file_facts(print_file_facts({})), FileFacts{});
}

TEST(FileFacts, AreNoneWhenTheTextIsAnythingElse) {
  const std::string good = print_file_facts(some());
  EXPECT_FALSE(file_facts(""));
  EXPECT_FALSE(file_facts("[]"));
  EXPECT_FALSE(file_facts(good.substr(0, good.size() / 2)));
  EXPECT_FALSE(file_facts(R"({"version":2,"made":1,"files":{},"globs":{}})"));
  EXPECT_FALSE(file_facts(R"({"version":1,"made":"now","files":{},"globs":{}})"));
  EXPECT_FALSE(
      file_facts(R"({"version":1,"made":1,"files":{"/x":{"type":"regular"}},"globs":{}})"));
  EXPECT_FALSE(file_facts(R"({"version":1,"made":1,"files":{},"globs":{"/x":[1]}})"));
}
}  // namespace
}  // namespace checklist::parse
