// SPDX-License-Identifier: MIT
#include "parse/device_classes.hpp"

#include <gmock/gmock.h>

namespace checklist::parse {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(DeviceClasses, ReadsBothKinds) {
  const auto classes = device_classes(
      "Character devices:\n  1 mem\n  4 /dev/vc/0\n195 nvidia\n\nBlock devices:\n  7 loop\n259 "
      "blkext\n");
  EXPECT_THAT(classes, ElementsAre(DeviceClass{false, "mem", 1}, DeviceClass{false, "/dev/vc/0", 4},
                                   DeviceClass{false, "nvidia", 195}, DeviceClass{true, "loop", 7},
                                   DeviceClass{true, "blkext", 259}));
}

TEST(DeviceClasses, LeavesOutWhatIsNone) {
  EXPECT_THAT(device_classes(""), IsEmpty());
  EXPECT_THAT(device_classes("Character devices:\n\n  \n x y\n 12\n99999999999 z"), IsEmpty());
}
}  // namespace
}  // namespace checklist::parse
