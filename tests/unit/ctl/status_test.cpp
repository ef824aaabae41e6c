// SPDX-License-Identifier: MIT
// checklistctl status, with a socket on which a saved report is served.
#include <map>

#include <gmock/gmock.h>

#include "render/report_json.hpp"
#include "render/reports.hpp"
#include "support/temporary_directory.hpp"
#include "unit/ctl/command_line.hpp"
#include "unit/ctl/served.hpp"

namespace checklist::ctl {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class StatusTest : public CommandLineTest {
 protected:
  // Runs `status` against a daemon that responds with this status line and body.
  Exit status(const std::string& body, std::vector<std::string> arguments = {},
              const std::string& line = "HTTP/1.1 200 OK") {
    testing::Served daemon(path_, {testing::response(line, body)});
    arguments.insert(arguments.begin(), {"status", "--socket=" + path_});
    const Exit exit = run(arguments);
    request_ = daemon.finish().empty() ? "" : daemon.finish().front();
    return exit;
  }

  const testing::TemporaryDirectory directory_;
  const std::string path_ = directory_.path() / "checklistd.sock";
  std::string request_;
  const std::string saved_ = render::report_json(testing::report(
      {testing::service("good.service", {testing::result("files", {testing::passing("/run/x")})}),
       testing::service("bad.service", {testing::result("port_bindings",
                                                        {testing::failing("tcp", "0.0.0.0:8080")}),
                                        testing::result("files", {testing::unseen("/run/y")})})}));
};

TEST_F(StatusTest, PrintsTheReportOfTheDaemon) {
  EXPECT_EQ(status(saved_), Exit::fail) << error_;
  EXPECT_THAT(request_, StartsWith("GET /api/v1/report HTTP/1.1\r\n"));
  EXPECT_THAT(out_, HasSubstr("good.service"));
  EXPECT_THAT(out_, HasSubstr("    observed  0.0.0.0:8080\n"));
  EXPECT_THAT(out_, HasSubstr("1 pass, 1 fail, 1 unknown, 0 skipped\n"));
}

TEST_F(StatusTest, ExitsByTheUnitsThatAreShown) {
  EXPECT_EQ(status(saved_, {"good"}), Exit::pass) << error_;
  EXPECT_THAT(out_, Not(HasSubstr("bad.service")));
  EXPECT_EQ(status(saved_, {"bad.service"}), Exit::fail);
}

TEST_F(StatusTest, ShowsOnlyUnitsThatDoNotPass) {
  EXPECT_EQ(status(saved_, {"--failed"}), Exit::fail);
  EXPECT_THAT(out_, HasSubstr("bad.service"));
  EXPECT_THAT(out_, Not(HasSubstr("good.service")));
  EXPECT_THAT(out_, HasSubstr("1 pass, ")) << "the totals are those of all units";
}

TEST_F(StatusTest, PrintsAReportThatCanBeParsed) {
  EXPECT_EQ(status(saved_, {"--format=json"}), Exit::fail);
  EXPECT_EQ(out_, saved_ + "\n");
}

TEST_F(StatusTest, PrintsEveryFormat) {
  for (const auto& [format, start] : std::map<std::string, std::string>{
           {"junit", "<?xml"}, {"tap", "TAP version 13\n1..3\n"}, {"markdown", "**1 pass, "}}) {
    EXPECT_EQ(status(saved_, {"--format=" + format}), Exit::fail);
    EXPECT_THAT(out_, StartsWith(start));
  }
  EXPECT_EQ(status(saved_, {"--format=xml"}), Exit::usage);
}

TEST_F(StatusTest, ExitsAsAMonitoringPlugin) {
  EXPECT_EQ(static_cast<int>(status(saved_, {"--format=nagios"})), 2);
  EXPECT_THAT(out_, StartsWith("CHECKLIST CRITICAL - 1 of 3 checks fails: bad.service "));
  EXPECT_EQ(static_cast<int>(status(saved_, {"good", "--format=nagios"})), 0);
  EXPECT_EQ(static_cast<int>(run({"status", "--format=nagios", "--socket=" + path_})), 3);
  EXPECT_THAT(out_, StartsWith("CHECKLIST UNKNOWN - cannot connect to checklistd at '"));
}

TEST_F(StatusTest, EndsAHarnessIfThereIsNoReport) {
  EXPECT_EQ(run({"status", "--format=tap", "--socket=" + path_}), Exit::unreachable);
  EXPECT_THAT(out_, StartsWith("TAP version 13\nBail out! cannot connect to checklistd"));
}

TEST_F(StatusTest, MatchesUnitsByPattern) {
  EXPECT_EQ(status(saved_, {"go*"}), Exit::pass) << error_;
  EXPECT_THAT(out_, Not(HasSubstr("bad.service")));
}

TEST_F(StatusTest, RefusesAUnitWithoutASpec) {
  EXPECT_EQ(status(saved_, {"goof"}), Exit::usage);
  EXPECT_THAT(error_, StartsWith("checklistctl: no spec for 'goof.service'"));
}

TEST_F(StatusTest, IsUnreachableWithTheReason) {
  EXPECT_EQ(status("", {}, "HTTP/1.1 503 Service Unavailable"), Exit::unreachable);
  EXPECT_THAT(error_, HasSubstr(path_ + "': HTTP status 503; "));
  EXPECT_EQ(status("{}"), Exit::unreachable);
  EXPECT_THAT(error_, HasSubstr("': the text: expected a member 'generation'; "));
}

TEST_F(StatusTest, SaysWhichSocketIsMissing) {
  EXPECT_EQ(run({"status", "--socket=" + path_}), Exit::unreachable);
  EXPECT_THAT(error_, StartsWith("checklistctl: cannot connect to checklistd at '" + path_ +
                                 "': No such file or directory; see "));
  EXPECT_THAT(error_, HasSubstr("`checklistctl check`, which needs no daemon"));
}
}  // namespace
}  // namespace checklist::ctl
