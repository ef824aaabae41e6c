// SPDX-License-Identifier: MIT
#include "capture/full.hpp"

#include <gmock/gmock.h>

#include "unit/capture/unit.hpp"

namespace checklist::capture {
namespace {
TEST(Properties, AreTextsAndListsWithoutWhatIsUnset) {
  Facts facts;
  facts.put(UnitKey{"x.timer"}, Unit{.id = "x.timer",
                                     .load = LoadState::loaded,
                                     .active = ActiveState::active,
                                     .sub = "waiting",
                                     .job = 0,
                                     .job_type = {}});
  facts.put(EnablementKey{"x.timer"}, std::string("enabled"));
  facts.put(PropertyKey{"x.timer", "FragmentPath"}, Value{std::string("/etc/x.timer")});
  facts.put(PropertyKey{"x.timer", "User"}, Value{std::string()});
  facts.put(PropertyKey{"x.timer", "TimersCalendar"},
            Value{Values{Value{Values{Value{std::string("OnCalendar")}, Value{std::string("daily")},
                                      Value{std::uint64_t{7}}}}}});
  Spec spec;
  spec.unit = "x.timer";
  View see(facts, 0, spec, TimePoint{});
  EXPECT_EQ(properties(see),
            parsed(R"({"FragmentPath": "/etc/x.timer", "TimersCalendar": ["OnCalendar daily"],
                                        "active": "active", "enabled": "enabled", "load": "loaded", "sub": "waiting"})"));
}

TEST(Full, AddsWhatTheChecksCaptured) {
  CapturedUnit unit = captured("x.service");
  unit.properties = parsed(R"({"User": "x"})");
  unit.names.emplace_back("y.service");
  unit.programs = {"/usr/bin/x"};
  unit.checks["port_bindings"].arguments = parsed(R"({"listen": ["tcp:*:80"]})");
  EXPECT_EQ(full(unit),
            parsed(R"({"User": "x", "aliases": ["y.service"], "programs": ["/usr/bin/x"],
                                   "port_bindings": {"listen": ["tcp:*:80"]}, "starts at boot": "yes"})"));
}
}  // namespace
}  // namespace checklist::capture
