// SPDX-License-Identifier: MIT
#include "semantics/unit/mount_unit.hpp"

#include <gmock/gmock.h>

namespace checklist::semantics {
namespace {
Mount a_mount(const std::string& path, const std::string& type) {
  Mount out;
  out.path = path;
  out.type = type;
  return out;
}

// As systemd-escape --path --suffix=mount prints them.
TEST(MountUnit, IsNamedAsSystemdEscapesThePath) {
  EXPECT_EQ(mount_unit("/"), "-.mount");
  EXPECT_EQ(mount_unit("/var/lib/x"), "var-lib-x.mount");
  EXPECT_EQ(mount_unit("/srv/a-b_c.d:e"), R"(srv-a\x2db_c.d:e.mount)");
  EXPECT_EQ(mount_unit("/srv/.hidden"), "srv-.hidden.mount");
  EXPECT_EQ(mount_unit("/.hidden"), R"(\x2ehidden.mount)");
  EXPECT_EQ(mount_unit("/srv/ä"), R"(srv-\xc3\xa4.mount)");
}

TEST(MountUnit, FindsTheInnermostMountAndTheLastOfOnePoint) {
  const std::vector<Mount> mounts{a_mount("/", "ext4"), a_mount("/srv", "ext4"),
                                  a_mount("/srv/x", "autofs"), a_mount("/srv/x", "nfs")};
  EXPECT_EQ(mount_above(mounts, "/srv/x/file")->type, "nfs");
  EXPECT_EQ(mount_above(mounts, "/srv/xy")->path, "/srv");
  EXPECT_EQ(mount_above(mounts, "/etc/x")->path, "/");
  EXPECT_EQ(mount_above({}, "/etc/x"), nullptr);
}
}  // namespace
}  // namespace checklist::semantics
