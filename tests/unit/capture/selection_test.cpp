// SPDX-License-Identifier: MIT
#include "capture/selection.hpp"

#include <gmock/gmock.h>

namespace checklist::capture {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;

config::Catalogue plumbing() {
  config::Catalogue out;
  out.kinds.push_back({.name = "plumbing",
                       .summary = "of the distribution",
                       .units = {"getty@*.service", "systemd-*"},
                       .programs = {},
                       .spec = {},
                       .probes = {},
                       .plumbing = true});
  return out;
}

std::vector<std::string> selected(const UnitList& all) {
  return select(all, plumbing()).units;
}

TEST(Select, TakesWhatIsEnabledOrRuns) {
  EXPECT_THAT(selected({.files = {{"a.service", "enabled"},
                                  {"b.service", "disabled"},
                                  {"c.timer", "enabled"},
                                  {"d.mount", "generated"},
                                  {"e.service", "generated"},
                                  {"f.service", "static"}},
                        .loaded = {{"g.service", "active/running"},
                                   {"h@x.service", "active/running"},
                                   {"i.service", "inactive/dead"},
                                   {"j.target", "active/active"}}}),
              ElementsAre("a.service", "c.timer", "e.service", "g.service", "h@x.service"));
}

TEST(Select, SaysWhatItLeavesOut) {
  const Selection out = select({.files = {{"systemd-resolved.service", "enabled"}},
                                .loaded = {{"getty@tty1.service", "active/running"}}},
                               plumbing());
  EXPECT_THAT(out.units, IsEmpty());
  ASSERT_EQ(out.left_out.size(), 2U);
  EXPECT_EQ(out.left_out[0].unit, "getty@tty1.service");
  EXPECT_EQ(out.left_out[0].why, "of the distribution");
}

TEST(Select, ASocketIsWatchedWithItsService) {
  const Selection out = select({.files = {{"a.socket", "enabled"}, {"b.socket", "enabled"}},
                                .loaded = {{"a.service", "active/running"}}},
                               plumbing());
  EXPECT_THAT(out.units, ElementsAre("a.service", "b.socket"));
  ASSERT_EQ(out.left_out.size(), 1U);
  EXPECT_EQ(out.left_out[0].why, "watched with the service that it starts");
}

TEST(Select, ATemplateIsNoUnit) {
  EXPECT_THAT(selected({.files = {{"a@.service", "enabled"}}, .loaded = {}}), IsEmpty());
}
}  // namespace
}  // namespace checklist::capture
