// SPDX-License-Identifier: MIT
#include "parse/file_facts.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

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
  Node node;
  node.type = NodeType::regular;
  node.permissions = {
      .mode = 0700,
      .uid = 1,
      .gid = 2,
      .acl = Acl{.owning_group = 5, .named = {{.for_group = true, .id = 44, .bits = 4}}}};
  node.is_namespace = true;
  node.capabilities = FileCapabilities{.permitted = 1ULL << 40U, .effective = true};
  out.nodes.emplace("/root/x", node);
  out.nodes.emplace("/root/none", Node{});
  out.programs.emplace("/root/x",
                       Program{.format = Program::Format::script,
                               .interpreter = "/bin/sh",
                               .missing_libraries = {"libx.so"},
                               .missing_if_secure = {"libx.so", "liby.so"},
                               .unseen_libraries = {"libz.so"},
                               .broken_libraries = {"/lib/liba.so"},
                               .libraries = {{"/lib/liba.so", "/usr/lib/liba.so", true}}});
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
  const auto with = [&good](const std::string& key, const std::string& value) {
    auto changed = nlohmann::json::parse(good);
    changed[key] = nlohmann::json::parse(value);
    return file_facts(changed.dump());
  };
  EXPECT_TRUE(with("files", "{}"));
  EXPECT_FALSE(with("version", "2"));
  EXPECT_FALSE(with("made", R"("now")"));
  EXPECT_FALSE(with("files", R"({"/x":{"type":"regular"}})"));
  EXPECT_FALSE(with("globs", R"({"/x":[1]})"));
  EXPECT_FALSE(with("nodes", R"({"/x":{"type":1}})"));
  EXPECT_FALSE(with("programs", R"({"/x":{"format":9,"interpreter":"","missing_libraries":[]}})"));
  EXPECT_FALSE(with("cgroups", R"({"/x":{"id":1}})"));
  EXPECT_FALSE(with("cgroups", R"({"/x":{"id":1,"held":{"replaced":"no"}}})"));
}
}  // namespace
}  // namespace checklist::parse
