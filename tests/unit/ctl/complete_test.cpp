// SPDX-License-Identifier: MIT
#include "ctl/complete.hpp"

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>

#include "ctl/command.hpp"

namespace checklist::ctl {
namespace {
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

class CompletionsTest : public ::testing::Test {
 protected:
  CompletionsTest() {
    for (const auto add : {add_ack, add_check, add_explain, add_gate, add_status}) {
      add(app_, exit_);
    }
  }

  std::vector<std::string> of(const std::vector<std::string>& words) {
    return completions(app_, words);
  }

  Exit exit_ = Exit::pass;
  CLI::App app_;
};

TEST_F(CompletionsTest, AreCommandsAndTheirOptions) {
  EXPECT_THAT(of({""}), ElementsAre("ack", "check", "explain", "gate", "status"));
  EXPECT_THAT(of({"st"}), ElementsAre("status"));
  EXPECT_THAT(of({"status", "--f"}), ElementsAre("--failed", "--format"));
  EXPECT_THAT(of({"nonsense", ""}), IsEmpty());
}

TEST_F(CompletionsTest, AreValuesOfOptions) {
  EXPECT_THAT(of({"status", "--format", "j"}), ElementsAre("json", "junit"));
  EXPECT_THAT(of({"status", "--format=j"}), ElementsAre("--format=json", "--format=junit"));
  EXPECT_THAT(of({"check", "--config", ""}), IsEmpty()) << "a file";
}

TEST_F(CompletionsTest, AreChecksWhereOneIsExpected) {
  EXPECT_THAT(of({"explain", "port_"}), ElementsAre("port_bindings", "port_conflicts"));
  EXPECT_THAT(of({"explain", "x.service", "port_"}), ElementsAre("port_bindings"));
  EXPECT_THAT(of({"ack", "x.service", "port_"}), ElementsAre("port_bindings"));
  EXPECT_THAT(of({"ack", "--until", "3d", "x.service", "port_"}), ElementsAre("port_bindings"));
  EXPECT_THAT(of({"ack", "--host", ""}), Contains("failed_units"));
  EXPECT_THAT(of({"ack", "--host", ""}), Not(Contains("files")));
}
}  // namespace
}  // namespace checklist::ctl
