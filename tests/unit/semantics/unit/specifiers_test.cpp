// SPDX-License-Identifier: MIT
#include "semantics/unit/specifiers.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
TEST(Specifiers, AreThoseOfTheName) {
  EXPECT_EQ(with_specifiers("/%n-%N-%p-%i-%%", "x@1.service"), "/x@1.service-x@1-x-1-%");
  EXPECT_EQ(with_specifiers("%S%L%C%t%E", "x.service"), "/var/lib/var/log/var/cache/run/etc");
}

TEST(Specifiers, AreNotGuessed) {
  EXPECT_EQ(with_specifiers("/srv/%H", "x.service"), std::nullopt);
}
}  // namespace
}  // namespace checklist::semantics
