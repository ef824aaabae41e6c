// SPDX-License-Identifier: MIT
#include "render/watch_lines.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using namespace checklist::testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Terminal usual{.colour = Colour::plain, .columns = 80};

TEST(WatchLines, ShowWhatDoesNotPassAndThenTheLastChanges) {
  auto report = sample();
  report.services.resize(1);
  report.host.reset();
  EXPECT_THAT(
      watch_lines(report, "", usual, 24),
      ElementsAre("1 pass, 1 fail, 0 unknown, 0 skipped  (q quits)", "",
                  "✗ FAIL  llamacpp.service  port_bindings  tcp:127.0.0.1:8080 (wider)",
                  "    expected  tcp:127.0.0.1:8080", "    observed  tcp:0.0.0.0:8080",
                  "    details   pid 4711", "    since     2023-11-14 22:13:20 UTC",
                  "    hint      Bind it to loopback.",
                  "    known     acknowledged until 2023-11-21 20:53:20 UTC by dev: moves on",
                  "              <Monday>", "", "Last changes",
                  "2023-11-14 22:13:20 UTC  llamacpp.service  port_bindings  pass → fail"));
}

TEST(WatchLines, FitScreensOfAnySize) {
  for (std::size_t rows = 1; rows < 40; ++rows) {
    for (const std::size_t columns : {20U, 40U, 80U, 200U}) {
      const Lines lines = watch_lines(sample(), "no connection", {.columns = columns}, rows);
      EXPECT_LE(lines.size(), rows);
      for (const std::string& line : lines) {
        EXPECT_LE(width(line), columns) << line;
      }
    }
  }
}

TEST(WatchLines, CountWhatDoesNotFit) {
  const Lines lines = watch_lines(sample(), "", usual, 12);
  EXPECT_THAT(lines, Contains("✗ FAIL  ghost.service  service_state  load (wider)"));
  EXPECT_EQ(lines.back(), "… 3 more in full: checklistctl status");
  EXPECT_THAT(watch_lines(sample(), "", usual, 60), Not(Contains(HasSubstr(" more in full"))));
}

TEST(WatchLines, NoteTheConnectionInTheSecondLine) {
  EXPECT_EQ(watch_lines(sample(), "lost\033[2J", usual, 24).at(1), "lost\xef\xbf\xbd[2J");
}

TEST(WatchLines, NameTheHostAndWhatWasObserved) {
  EXPECT_EQ(change_line({.at = at_second(1700000000),
                         .manager = "system",
                         .unit = "",
                         .check = "coverage",
                         .from = Status::pass,
                         .to = Status::unknown,
                         .observed = "one\ntwo"}),
            "2023-11-14 22:13:20 UTC  host  coverage  pass → unknown  one two");
}
}  // namespace
}  // namespace checklist::render
