// SPDX-License-Identifier: MIT
#include "store/state_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::store {
namespace {
namespace fs = std::filesystem;
using namespace std::chrono_literals;

State a_state() {
  State state{
      .boot_id = "b00t", .checks = {}, .changes = {}, .specs = {}, .forgotten = {}, .records = {}};
  state.checks["x.service"]["service_state"] = {
      .status = Status::fail, .since = WallTime{1'700'000'000s}, .changes = {1, 2, 3, 4}};
  state.checks[""]["coverage"] = {
      .status = Status::pass, .since = WallTime{1'700'000'001s}, .changes = {}};
  state.changes.push_back({.at = WallTime{1'700'000'002s},
                           .manager = "system",
                           .unit = "x.service",
                           .check = "service_state",
                           .from = Status::pass,
                           .to = Status::fail,
                           .observed = "failed: \"é\" \xff"});
  state.specs = {{"x.service", true}, {"y.service", false}};
  state.forgotten = {{"dev/gone.service", WallTime{1'700'000'003s}}};
  state.records["x.service"] = {.last_run = KeptRun{.ended = WallTime{1'699'999'999s},
                                                    .boot_id = "b00t",
                                                    .result = "exit-code",
                                                    .exit_code = "exited",
                                                    .exit_status = "3"},
                                .started_by_boot = true,
                                .cgroup_ids = {7, UINT64_MAX}};
  state.records["y.service"] = {.last_run = {}, .started_by_boot = {}, .cgroup_ids = {}};
  state.records["y.service"].last_trigger = WallTime{1700000001s};
  state.records["y.service"].first_seen = WallTime{1600000000s};
  state.records["y.service"].definition = KeptDefinition{
      .digest = UINT64_MAX, .loaded_at = 13157980445, .changed = Duration{13157980446}};
  state.records["x.service"].definition = KeptDefinition{};
  state.records["z.service"] = {.last_run = {}, .started_by_boot = false, .cgroup_ids = {1}};
  state.journal.cursor = "s=1;i=2";
  state.journal.behind = {{"y.service", "s=1;i=1"}};
  state.journal.counts["x.service"] = {
      {{Priority::err, MessageClass::priority}, 7},
      {{Priority::info, MessageClass::match}, std::uint64_t{1} << 53U}};
  state.journal.counts["y.service"] = {{{Priority::emerg, MessageClass::priority}, 0}};
  return state;
}

class StateFileTest : public ::testing::Test {
 protected:
  void write_text(const std::string& text) { std::ofstream(path_) << text; }

  [[nodiscard]] std::string text() const {
    std::ifstream file(path_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  // What the file holds is set aside and nothing of it is taken.
  void expect_set_aside(const std::string& why) {
    const Restored restored = file_.read();
    EXPECT_NE(restored.set_aside.find(why), std::string::npos) << restored.set_aside;
    EXPECT_TRUE(restored.state.checks.empty() && restored.state.records.empty());
    EXPECT_FALSE(fs::exists(path_));
  }

  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "state.json";
  StateFile file_{path_};
};

TEST_F(StateFileTest, AMissingFileIsAFreshStart) {
  const Restored restored = file_.read();
  EXPECT_EQ(restored.set_aside, "");
  EXPECT_TRUE(restored.state.checks.empty());
}

TEST_F(StateFileTest, GivesBackWhatWasWritten) {
  const State state = a_state();
  file_.write(state);
  const Restored restored = file_.read();
  EXPECT_EQ(restored.set_aside, "");
  EXPECT_EQ(restored.state.boot_id, "b00t");
  EXPECT_EQ(restored.state.checks, state.checks);
  EXPECT_EQ(restored.state.specs, state.specs);
  EXPECT_EQ(restored.state.forgotten, state.forgotten);
  EXPECT_EQ(restored.state.records, state.records);
  EXPECT_EQ(restored.state.journal, state.journal);
  ASSERT_EQ(restored.state.changes.size(), 1U);
  EXPECT_EQ(restored.state.changes[0].at, state.changes[0].at);
  EXPECT_EQ(restored.state.changes[0].observed, "failed: \"é\" \xef\xbf\xbd");  // as JSON can
}

TEST_F(StateFileTest, WhoOnlyLooksLeavesItAsItIs) {
  EXPECT_FALSE(file_.peek());
  const State state = a_state();
  file_.write(state);
  ASSERT_TRUE(file_.peek());
  EXPECT_EQ(file_.peek()->records, state.records);
  write_text("{");
  EXPECT_FALSE(file_.peek());
  EXPECT_EQ(text(), "{");
}

TEST_F(StateFileTest, ReplacesTheFileAsAWhole) {
  file_.write(a_state());
  const std::string former = text();
  file_.write({});
  EXPECT_NE(text(), former);
  EXPECT_EQ(std::distance(fs::directory_iterator(directory_.path()), {}), 1);
}

TEST_F(StateFileTest, ReadsOneWithoutRecords) {
  write_text(R"({"version": 1, "boot_id": "b", "specs": {}, "checks": {}, "changes": []})");
  const Restored restored = file_.read();
  EXPECT_EQ(restored.set_aside, "");
  EXPECT_EQ(restored.state.boot_id, "b");
  EXPECT_TRUE(restored.state.records.empty());
}

TEST_F(StateFileTest, EveryPieceOfATruncatedFileIsSetAside) {
  file_.write(a_state());
  const std::string whole = text();
  for (std::size_t length = 0; length < whole.size(); length += 97) {
    write_text(whole.substr(0, length));
    expect_set_aside("parse error");
  }
}

TEST_F(StateFileTest, OneOfANewerVersionIsSetAside) {
  write_text(R"({"version": 1000})");
  expect_set_aside("newer");
}

TEST_F(StateFileTest, WrongTypesAreSetAside) {
  file_.write(a_state());
  const std::string good = text();
  const std::vector<std::pair<std::string, std::string>> table{
      {R"("version":1)", R"("version":"1")"},
      {R"("boot_id":"b00t","changes")", R"("boot_id":7,"changes")"},
      {R"("status":"fail")", R"("status":"x")"},
      {R"("status":"fail")", R"("status":3)"},
      {R"("cgroup_ids":[1])", R"("cgroup_ids":1)"},
      {R"("cgroup_ids":[1])", R"("cgroup_ids":["1"])"},
      {R"("started_by_boot":true)", R"("started_by_boot":"yes")"},
      {R"("ended":1699999999000000)", R"("ended":"now")"},
      {R"("result":"exit-code")", R"("result":[])"},
      {R"("cursor":"s=1;i=2")", R"("cursor":2)"},
      {R"({"priority":7})", R"({"priority":-7})"},
      {R"({"priority":7})", R"({"rank":7})"},
      {R"({"priority":7})", R"({"priority":7.5})"},
      {R"({"priority":7})", R"({"priority":1e300})"},
      {R"({"priority":7})", R"({"priority":18446744073709551615})"},
      {R"("version":1)", R"("version":1.5)"},
      {R"("cgroup_ids":[1])", R"("cgroup_ids":[-1])"},
      {R"("ended":1699999999000000)", R"("ended":-1)"},
      {R"("ended":1699999999000000)", R"("ended":9223372036854775807)"},
      {R"("ended":1699999999000000)", R"("ended":1.5)"},
      {R"("emerg":)", R"("worst":)"},
      {R"("behind":{)", R"("behind":{"z":1,)"},
  };
  for (const auto& [what, instead] : table) {
    SCOPED_TRACE(instead);
    std::string bad = good;
    const auto at = bad.find(what);
    ASSERT_NE(at, std::string::npos) << what << " in " << good;
    write_text(bad.replace(at, what.size(), instead));
    expect_set_aside("state.json.bad-");
  }
  for (const char* text : {"[]", "null", "7", "{}", "\"\"", ""}) {
    write_text(text);
    expect_set_aside("state.json.bad-");
  }
}

TEST_F(StateFileTest, SetsAsideUnderTheNextFreeNumber) {
  for (int n = 1; n <= 3; ++n) {
    write_text("bad " + std::to_string(n));
    expect_set_aside(path_ + ".bad-" + std::to_string(n));
  }
  std::ifstream second(path_ + ".bad-2");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(second), {}), "bad 2");
}

TEST_F(StateFileTest, WhatCannotBeReadIsSetAside) {
  fs::create_directory(path_);
  expect_set_aside(path_ + ".bad-1");
  fs::create_symlink("state.json", path_);  // a loop
  const Restored restored = file_.read();
  EXPECT_NE(restored.set_aside, "");
}

TEST_F(StateFileTest, SaysThatItsDirectoryCannotBeWritten) {
  EXPECT_THROW(StateFile(directory_.path() / "none/state.json").write({}), std::system_error);
  std::ofstream(directory_.path() / "file") << "x";
  EXPECT_THROW(StateFile(directory_.path() / "file/state.json").write({}), std::system_error);
  if (::getuid() != 0) {
    fs::permissions(directory_.path(), fs::perms(0500));
    EXPECT_THROW(file_.write({}), std::system_error);
    fs::permissions(directory_.path(), fs::perms(0700));
  }
}

TEST_F(StateFileTest, AFullDiskLeavesTheFormerFile) {
  file_.write(a_state());
  const std::string former = text();
  fs::create_symlink("/dev/full", path_ + ".new");
  EXPECT_THROW(file_.write({}), std::system_error);
  EXPECT_EQ(text(), former);
}
}  // namespace
}  // namespace checklist::store
