// SPDX-License-Identifier: MIT
#include "observe/own/known_specs_observer.hpp"

#include <gtest/gtest.h>

namespace checklist::observe {
namespace {
TEST(KnownSpecsObserver, PutsTheSpecsOnceTheyAreAskedForAndWhenTheyChange) {
  std::vector<std::map<std::string, bool>> puts;
  KnownSpecsObserver observer([&puts](auto, const auto& fact) { puts.push_back(*fact); });
  observer.know({{"x.service", true}});
  EXPECT_TRUE(puts.empty());
  observer.follow({KnownSpecsKey{}});
  observer.know({{"x.service", false}});
  ASSERT_EQ(puts.size(), 2U);
  EXPECT_TRUE(puts.front().at("x.service"));
  EXPECT_FALSE(puts.back().at("x.service"));
}
}  // namespace
}  // namespace checklist::observe
