// SPDX-License-Identifier: MIT
#include "checks/view/command.hpp"

#include <gtest/gtest.h>

namespace checklist::checks {
namespace {
Spec of(std::string unit, std::string user = "") {
  Spec out;
  out.unit = std::move(unit);
  out.user = std::move(user);
  return out;
}

TEST(Command, IsOfTheManagerThatHasTheUnit) {
  EXPECT_EQ(systemctl(of("x.service"), "restart"), "`systemctl restart x.service`");
  EXPECT_EQ(systemctl(of("x.service", "dev"), "restart"), "`systemctl --user restart x.service`");
  EXPECT_EQ(journalctl(of("x.service"), "y.service", "-p err"), "`journalctl -u y.service -p err`");
}

TEST(Command, CanBePastedIntoAShell) {
  const Spec escaped = of(R"(inst@x\x2dy.service)");
  EXPECT_EQ(systemctl(escaped, "start"), R"(`systemctl start 'inst@x\x2dy.service'`)");
  EXPECT_EQ(journalctl(escaped), R"(`journalctl -u 'inst@x\x2dy.service'`)");
  EXPECT_EQ(checklistctl(escaped, "forget", "a <b>"), "`checklistctl forget 'a <b>'`");
  EXPECT_EQ(systemctl(of("-.mount"), "status"), "`systemctl status -- -.mount`");
  EXPECT_EQ(shell_command({"chmod", "+x", "/srv/a b"}), "`chmod +x '/srv/a b'`");
}
}  // namespace
}  // namespace checklist::checks
