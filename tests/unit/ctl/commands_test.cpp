// SPDX-License-Identifier: MIT
// The commands of checklistctl as far as they need no service manager: options, output, exit
// status.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "ctl/command.hpp"
#include "store/json_records.hpp"
#include "support/temporary_directory.hpp"
#include "unit/ctl/command_line.hpp"

namespace checklist::ctl {
namespace {
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class CommandsTest : public CommandLineTest {
 protected:
  std::string spec(const std::string& text) {
    std::filesystem::create_directories(directory_.path() / "services.d");
    std::ofstream(directory_.path() / "services.d/x.json") << text;
    return directory_.path() / "services.d";
  }

  testing::TemporaryDirectory directory_;
  std::string records_ = "--records-dir=" + directory_.path().string();
  std::string no_daemon_ = "--socket=" + (directory_.path() / "none.sock").string();
};

TEST_F(CommandsTest, ExplainPrintsThePageOfACheckOrAllNames) {
  EXPECT_EQ(run({"explain", "port_bindings"}), Exit::pass);
  EXPECT_THAT(out_, StartsWith("# port_bindings"));
  EXPECT_EQ(run({"explain"}), Exit::pass);
  EXPECT_THAT(out_, HasSubstr("  port_bindings"));
  EXPECT_EQ(run({"explain", "port_binding"}), Exit::usage);
  EXPECT_THAT(error_, HasSubstr("no check 'port_binding': perhaps 'port_bindings'"));
}

TEST_F(CommandsTest, SchemaPrintsOneOrWritesBoth) {
  EXPECT_EQ(run({"schema"}), Exit::pass);
  EXPECT_THAT(out_, HasSubstr("port_bindings"));
  EXPECT_EQ(run({"schema", "spec"}), Exit::usage);
  EXPECT_EQ(run({"schema", "--output-dir", directory_.path()}), Exit::pass);
  EXPECT_TRUE(std::filesystem::exists(directory_.path() / "service.schema.json"));
  EXPECT_TRUE(std::filesystem::exists(directory_.path() / "checklistd.schema.json"));
}

TEST_F(CommandsTest, VerifyConfigAcceptsAValidSpec) {
  EXPECT_EQ(run({"verify-config", spec(R"({"unit": "x.service"})")}), Exit::pass) << error_;
  EXPECT_EQ(out_, "1 spec is valid\n");
}

TEST_F(CommandsTest, VerifyConfigReportsErrorsWithTheirPlace) {
  EXPECT_EQ(run({"verify-config", spec(R"({"unit": "x.service", "chekcs": {}})")}), Exit::usage);
  EXPECT_THAT(error_, HasSubstr("x.json"));
  EXPECT_THAT(error_, HasSubstr("chekcs"));
  EXPECT_THAT(out_, IsEmpty());
}

TEST_F(CommandsTest, VerifyConfigRefusesADirectoryThatIsMissing) {
  EXPECT_EQ(run({"verify-config", directory_.path() / "typo"}), Exit::usage);
  EXPECT_THAT(error_, HasSubstr("typo"));
}

TEST_F(CommandsTest, AckRecordsListsAndRemoves) {
  EXPECT_EQ(run({"ack", "x", "files", "--until=3d", "--reason=moves", records_, no_daemon_}),
            Exit::pass)
      << error_;
  const auto content = store::AcknowledgedFile(directory_.path()).read();
  ASSERT_EQ(content.records.count({"x.service", "files"}), 1U);
  EXPECT_EQ(content.records.at({"x.service", "files"}).reason, "moves");
  EXPECT_EQ(run({"ack", "--list", records_}), Exit::pass);
  EXPECT_THAT(out_, StartsWith("x.service  files  until "));
  EXPECT_EQ(run({"ack", "x", "files", "--remove", records_}), Exit::pass);
  EXPECT_EQ(out_, "x.service files is no longer acknowledged\n");
  EXPECT_EQ(run({"ack", "x", "files", "--remove", records_}), Exit::usage);
  EXPECT_THAT(error_, HasSubstr("x.service files is not acknowledged"));
}

TEST_F(CommandsTest, AckRecordsAndRemovesAHostCheck) {
  EXPECT_EQ(
      run({"ack", "--host", "failed_units", "--until=3d", "--reason=known", records_, no_daemon_}),
      Exit::pass)
      << error_;
  EXPECT_THAT(out_, StartsWith("host failed_units is acknowledged until "));
  EXPECT_EQ(
      store::AcknowledgedFile(directory_.path()).read().records.count({"host", "failed_units"}),
      1U);
  EXPECT_EQ(run({"ack", "--host", "failed_units", "--remove", records_}), Exit::pass);
  EXPECT_THAT(store::AcknowledgedFile(directory_.path()).read().records, IsEmpty());
}

TEST_F(CommandsTest, AckRefusesWhatIsIncompleteUnknownOrPast) {
  const auto refused = [this](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "ack");
    arguments.insert(arguments.end(), {records_, no_daemon_});
    return run(arguments) == Exit::usage ? error_ : "accepted";
  };
  EXPECT_THAT(refused({"x"}), HasSubstr("--until"));
  EXPECT_THAT(refused({}), HasSubstr("expected UNIT, UNIT CHECK"));
  EXPECT_THAT(refused({"--host"}), HasSubstr("--host CHECK"));
  EXPECT_THAT(refused({"x", "files", "--host", "--until=3d", "--reason=r"}),
              HasSubstr("--host CHECK"));
  EXPECT_THAT(refused({"failed_unit", "--host", "--until=3d", "--reason=r"}),
              HasSubstr("no check 'failed_unit': perhaps 'failed_units'"));
  EXPECT_THAT(refused({"x", "files", "--until=soon", "--reason=r"}), HasSubstr("expected a time"));
  EXPECT_THAT(refused({"x", "files", "--until=2020-01-01", "--reason=r"}),
              HasSubstr("in the past"));
  EXPECT_THAT(refused({"x", "files", "--until=3d", "--reason= "}), HasSubstr("expected a reason"));
  EXPECT_THAT(refused({"x", "file", "--until=3d", "--reason=r"}), HasSubstr("perhaps 'files'"));
  EXPECT_THAT(store::AcknowledgedFile(directory_.path()).read().records, IsEmpty());
}

TEST_F(CommandsTest, ForgetRecordsTheSpec) {
  EXPECT_EQ(run({"forget", "x", records_, no_daemon_}), Exit::pass);
  EXPECT_EQ(out_, "x.service is forgotten\n");
  EXPECT_THAT(error_, HasSubstr("cannot connect to checklistd"));
  EXPECT_EQ(store::ForgottenFile(directory_.path()).read().records.count("x.service"), 1U);
}

TEST_F(CommandsTest, GateRefusesToStartWithoutACommandOrABaseline) {
  EXPECT_EQ(run({"gate", "--wait=0", "--on-fail"}), Exit::usage);
  EXPECT_THAT(error_, HasSubstr("--on-fail: expected a command"));
  EXPECT_EQ(run({"gate", "--wait=0", "--baseline=/none", "--on-fail", "true"}), Exit::usage);
  EXPECT_THAT(error_, HasSubstr("--baseline: '/none': No such file or directory"));
}

TEST_F(CommandsTest, GateHasItsManualInItsOwnHelp) {
  EXPECT_EQ(run({"gate", "--help"}), Exit::pass);
  EXPECT_THAT(out_, HasSubstr("Examples:"));
  EXPECT_EQ(run({"--help"}), Exit::pass);
  EXPECT_THAT(out_, HasSubstr("Check, and run COMMAND on failure"));
  EXPECT_THAT(out_, ::testing::Not(HasSubstr("SIGTERM")));
}
}  // namespace
}  // namespace checklist::ctl
