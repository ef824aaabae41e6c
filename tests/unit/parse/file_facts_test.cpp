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
  out.cgroups.emplace(
      "/system.slice/x.service",
      CgroupFacts{.id = UINT64_MAX,
                  .held = HeldFiles{
                      .replaced = {"/usr/lib/a.so"}, .devices = {"c 195:0"}, .listening = {12}}});
  out.cgroups.emplace("/system.slice/y.service",
                      CgroupFacts{.id = 1, .held = Unseen{"unsupported", "too many", ""}});
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
  const auto of = [](const std::string& version, const std::string& made, const std::string& files,
                     const std::string& globs, const std::string& cgroups) {
    return file_facts(R"({"version":)" + version + R"(,"made":)" + made + R"(,"files":)" + files +
                      R"(,"globs":)" + globs + R"(,"cgroups":)" + cgroups + "}");
  };
  EXPECT_TRUE(of("2", "1", "{}", "{}", "{}"));
  EXPECT_FALSE(of("1", "1", "{}", "{}", "{}"));
  EXPECT_FALSE(of("2", R"("now")", "{}", "{}", "{}"));
  EXPECT_FALSE(of("2", "1", R"({"/x":{"type":"regular"}})", "{}", "{}"));
  EXPECT_FALSE(of("2", "1", "{}", R"({"/x":[1]})", "{}"));
  EXPECT_FALSE(of("2", "1", "{}", "{}", R"({"/x":{"id":1}})"));
  EXPECT_FALSE(of("2", "1", "{}", "{}", R"({"/x":{"id":1,"held":{"replaced":"no"}}})"));
}
}  // namespace
}  // namespace checklist::parse
