// SPDX-License-Identifier: MIT
#include "semantics/files/run_path.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
TEST(RunPath, IsRelativeToTheProgram) {
  EXPECT_EQ(expanded_run_path("$ORIGIN/../lib", "/opt/x/bin"), "/opt/x/lib");
  EXPECT_EQ(expanded_run_path("${ORIGIN}/../../lib", "/opt/x/bin"), "/opt/lib");
  EXPECT_EQ(expanded_run_path("$ORIGIN/..lib", "/opt/bin"), "/opt/bin/..lib");
  EXPECT_EQ(expanded_run_path("$ORIGIN/..", "/opt/bin"), "/opt");
  EXPECT_EQ(expanded_run_path("/opt/lib", "/opt/bin"), "/opt/lib");
  EXPECT_EQ(expanded_run_path("/opt/$LIB", "/opt/bin"), "");
  EXPECT_TRUE(names_origin("${ORIGIN}/lib"));
  EXPECT_FALSE(names_origin("/opt/lib"));
}

TEST(RunPath, MayBeADirectoryOfTheSystem) {
  EXPECT_TRUE(is_library_directory("/usr/bin/../lib"));
  EXPECT_TRUE(is_library_directory("/lib64"));
  EXPECT_FALSE(is_library_directory("/usr/lib/x"));
}

TEST(RunPath, HasParents) {
  EXPECT_EQ(parent_directory("/opt/bin"), "/opt");
  EXPECT_EQ(parent_directory("/opt"), "/");
  EXPECT_EQ(parent_directory("/"), "/");
}
}  // namespace
}  // namespace checklist::semantics
