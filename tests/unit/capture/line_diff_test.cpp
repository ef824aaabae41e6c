// SPDX-License-Identifier: MIT
#include "capture/line_diff.hpp"

#include <gmock/gmock.h>

namespace checklist::capture {
namespace {
TEST(LineDiff, IsEmptyForEqualTexts) {
  EXPECT_EQ(line_diff("a\nb\n", "a\nb\n"), "");
}

TEST(LineDiff, MarksWhatIsOfOneTextAlone) {
  EXPECT_EQ(line_diff("a\nb\nc\n", "a\nx\nc\nd\n"), " a\n-b\n+x\n c\n+d\n");
  EXPECT_EQ(line_diff("", "a\n"), "+a\n");
  EXPECT_EQ(line_diff("a\n", ""), "-a\n");
}

TEST(LineDiff, LeavesOutWhatIsFarFromChanges) {
  EXPECT_EQ(line_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\nx\n", "y\n2\n3\n4\n5\n6\n7\n8\n9\nz\n"),
            "-1\n+y\n 2\n 3\n 4\n@@\n 7\n 8\n 9\n-x\n+z\n");
}
}  // namespace
}  // namespace checklist::capture
