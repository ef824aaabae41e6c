// SPDX-License-Identifier: MIT
#include "checks/paths/listed_path.hpp"

#include <gtest/gtest.h>

namespace checklist::checks {
namespace {
TEST(ListedPath, SaysWhetherItMayMiss) {
  EXPECT_EQ(listed_path("/srv/x", ""), (ListedPath{"/srv/x", false}));
  EXPECT_EQ(listed_path("-/srv/x", ""), (ListedPath{"/srv/x", true}));
  EXPECT_EQ(listed_path("-+/srv/x", ""), (ListedPath{"/srv/x", true}));
}

TEST(ListedPath, IsOfTheHostUnlessItSaysOtherwise) {
  EXPECT_EQ(listed_path("/srv/root/x", "/srv/root"), (ListedPath{"/x", false}));
  EXPECT_EQ(listed_path("/srv/rooted/x", "/srv/root"), std::nullopt);
  EXPECT_EQ(listed_path("+/srv/x", "/srv/root"), (ListedPath{"/srv/x", false}));
}
}  // namespace
}  // namespace checklist::checks
