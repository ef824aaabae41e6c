// SPDX-License-Identifier: MIT
#include "ctl/link/report_follower.hpp"

#include <array>

#include <gmock/gmock.h>
#include <unistd.h>

#include "render/report_json.hpp"
#include "render/reports.hpp"
#include "support/temporary_directory.hpp"
#include "unit/ctl/served.hpp"

namespace checklist::ctl {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class ReportFollowerTest : public ::testing::Test {
 protected:
  static std::string report(std::uint64_t generation) {
    Report out = testing::report({});
    out.generation = generation;
    return testing::response("HTTP/1.1 200 OK", render::report_json(out),
                             "ETag: \"1-" + std::to_string(generation) + "\"\r\n");
  }

  const testing::TemporaryDirectory directory_;
  const std::string path_ = directory_.path() / "checklistd.sock";
  ReportFollower follower_{path_};
};

TEST_F(ReportFollowerTest, WaitsForTheNextReport) {
  testing::Served daemon(
      path_, {report(1), testing::response("HTTP/1.1 304 Not Modified", ""), report(2)});
  EXPECT_TRUE(follower_.wait({}));
  EXPECT_EQ(follower_.report()->generation, 1U);
  EXPECT_TRUE(follower_.wait({})) << "an unchanged report is no news";
  EXPECT_EQ(follower_.report()->generation, 2U);
  const auto& requests = daemon.finish();
  ASSERT_THAT(requests, SizeIs(3));
  EXPECT_THAT(requests[0], Not(HasSubstr("If-None-Match")));
  EXPECT_THAT(requests[1], HasSubstr("GET /api/v1/report?wait=60s "));
  EXPECT_THAT(requests[2], HasSubstr("If-None-Match: \"1-1\"\r\n"));
}

TEST_F(ReportFollowerTest, KeepsTheReportWhileThereIsNoConnection) {
  {
    const testing::Served daemon(path_, {report(1)});
    EXPECT_TRUE(follower_.wait({}));
  }
  EXPECT_TRUE(follower_.wait({}));
  EXPECT_EQ(follower_.error(), "No such file or directory");
  EXPECT_EQ(follower_.report()->generation, 1U);
  const testing::Served daemon(
      path_, {testing::response("HTTP/1.1 503 Service Unavailable", ""), report(2)});
  EXPECT_TRUE(follower_.wait({}));
  EXPECT_EQ(follower_.error(), "HTTP status 503");
  EXPECT_TRUE(follower_.wait({}));
  EXPECT_EQ(follower_.error(), "");
  EXPECT_EQ(follower_.report()->generation, 2U);
}

TEST_F(ReportFollowerTest, HasAnErrorIfThereIsNoReport) {
  const testing::Served daemon(path_, {testing::response("HTTP/1.1 200 OK", "{}")});
  EXPECT_TRUE(follower_.wait({}));
  EXPECT_THAT(follower_.error(), HasSubstr("expected a member 'generation'"));
  EXPECT_FALSE(follower_.report());
}

TEST_F(ReportFollowerTest, ReturnsForAKey) {
  std::array<int, 2> key{};
  ASSERT_EQ(::pipe(key.data()), 0);
  ASSERT_EQ(::write(key[1], "q", 1), 1);
  EXPECT_TRUE(follower_.wait(std::span(key).first(1))) << "there is no socket";
  EXPECT_FALSE(follower_.wait(std::span(key).first(1)));
  ::close(key[0]);
  ::close(key[1]);
}
}  // namespace
}  // namespace checklist::ctl
