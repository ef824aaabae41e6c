// SPDX-License-Identifier: MIT
#include "parse/mount_place.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
// As PID 1 has them, and as a service with PrivateTmp= and ProtectHome=read-only.
constexpr std::string_view host =
    "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
    "30 22 0:25 / /tmp rw,nosuid shared:5 - tmpfs tmpfs rw\n"
    "31 22 8:2 /@home /home rw shared:6 - btrfs /dev/sda2 rw\n"
    "32 22 8:3 / /mnt/with\\040blank rw - ext4 /dev/sdb1 rw\n";
constexpr std::string_view service =
    "122 1 8:1 / / ro,relatime master:1 - ext4 /dev/sda1 rw\n"
    "130 122 0:25 / /tmp rw,nosuid master:5 - tmpfs tmpfs rw\n"
    "131 122 8:2 /@home /home ro master:6 - btrfs /dev/sda2 rw\n"
    "132 122 0:25 /systemd-private-1-x.service-2/tmp /tmp rw,nosuid master:5 - tmpfs tmpfs rw\n";

TEST(MountPlace, IsTheDeviceAndThePathWithinIt) {
  EXPECT_EQ(mount_place(host, "/etc/passwd"), (MountPlace{"8:1", "/etc/passwd"}));
  EXPECT_EQ(mount_place(host, "/"), (MountPlace{"8:1", "/"}));
  EXPECT_EQ(mount_place(host, "/home/dev/x"), (MountPlace{"8:2", "/@home/dev/x"}));
  EXPECT_EQ(mount_place(host, "/home"), (MountPlace{"8:2", "/@home"}));
  EXPECT_EQ(mount_place(host, "/homes"), (MountPlace{"8:1", "/homes"}));
  EXPECT_EQ(mount_place(host, "/mnt/with blank/x"), (MountPlace{"8:3", "/x"}));
}

TEST(MountPlace, IsTheSameBehindAReadOnlyMount) {
  EXPECT_EQ(mount_place(service, "/home/dev/x"), mount_place(host, "/home/dev/x"));
}

TEST(MountPlace, IsAnotherBehindASandbox) {
  EXPECT_NE(mount_place(service, "/tmp/x"), mount_place(host, "/tmp/x"));
}

TEST(MountPlace, IsEmptyWhereNothingIsMounted) {
  EXPECT_EQ(mount_place("", "/etc"), MountPlace{});
  EXPECT_EQ(mount_place("nonsense\n\n1 2 3\n", "/etc"), MountPlace{});
}
}  // namespace
}  // namespace checklist::parse
