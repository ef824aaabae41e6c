// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "checklist/check.hpp"

namespace checklist::host_checks {
extern const HostCheckDef coverage;

namespace {
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

const Unseen denied{"permission", "access denied", ""};
constexpr TimePoint begin{1h};

Spec spec_of(std::string unit, std::string user = {}, bool enabled = true) {
  Spec spec;
  spec.unit = std::move(unit);
  spec.user = std::move(user);
  spec.enabled = enabled;
  return spec;
}

Value texts(const std::vector<std::string>& all) {
  Values out;
  for (const auto& each : all) {
    out.push_back(Value{each});
  }
  return Value{out};
}

class Coverage : public ::testing::Test {
 protected:
  Coverage() {
    facts_.put(KnownSpecsKey{}, std::map<std::string, bool>{});
    put_state(SystemState::running);
  }

  void put_state(SystemState state) { facts_.put(SystemStateKey{}, state); }

  void put_publisher(std::optional<TimePoint> last_report) {
    facts_.put(PublisherKey{"dev"}, Publisher{.since = begin, .last_report = last_report});
  }

  // "fail no_spec x.service" of each finding that does not pass.
  std::vector<std::string> troubles(const Dict& arguments = {}) {
    ConfigErrors errors;
    const auto bound = coverage.bind(arguments, "/host/coverage", errors);
    EXPECT_THAT(errors, IsEmpty());
    facts_.forget(0);
    HostView see(facts_, 0, nothing_, now_, {.specs = specs_, .user = user_});
    const Findings findings = bound(see);
    EXPECT_FALSE(findings.empty());
    wake_at_ = see.wake_at();
    std::vector<std::string> out;
    for (const Finding& finding : findings) {
      if (finding.status != Status::pass) {
        out.push_back(std::string(text(finding.status)) + " " + finding.reason + " " +
                      finding.subject);
      }
    }
    return out;
  }

  Facts facts_;
  Spec nothing_;
  std::vector<Spec> specs_;
  std::string user_;
  TimePoint now_ = begin;
  std::optional<TimePoint> wake_at_;
};

TEST_F(Coverage, PassesWhereNothingIsExpected) {
  EXPECT_THAT(troubles(), IsEmpty());
}

TEST_F(Coverage, WantsASpecForWhatIsExpected) {
  specs_ = {spec_of("x.service"), spec_of("jupyter.service", "dev", false)};
  const auto expecting = [](const std::string& name) { return Dict{{"expected", texts({name})}}; };
  EXPECT_THAT(troubles(expecting("x.service")), IsEmpty());
  EXPECT_THAT(troubles(expecting("jupyter.service")), IsEmpty());
  EXPECT_THAT(troubles(expecting("dev/jupyter.service")), IsEmpty());
  EXPECT_THAT(troubles(expecting("dev/x.service")), ElementsAre("fail no_spec dev/x.service"));
  EXPECT_THAT(troubles(expecting("y.service")), ElementsAre("fail no_spec y.service"));
}

TEST_F(Coverage, FailsASpecThatVanishedWithoutBeingDisabled) {
  specs_ = {spec_of("x.service")};
  facts_.put(KnownSpecsKey{}, std::map<std::string, bool>{{"x.service", true},
                                                          {"gone.service", true},
                                                          {"disabled.service", false},
                                                          {"dev/gone.service", true}});
  EXPECT_THAT(troubles(),
              ElementsAre("fail vanished dev/gone.service", "fail vanished gone.service"));
  const Dict expected{{"expected", texts({"gone.service"})}};
  EXPECT_THAT(troubles(expected),
              ElementsAre("fail no_spec gone.service", "fail vanished dev/gone.service"));
}

TEST_F(Coverage, WaitsForAUsersFirstReportAndThenFails) {
  const Dict watched{{"watch_users", texts({"dev"})}};
  put_publisher({});
  EXPECT_THAT(troubles(watched), ElementsAre("unknown not_yet_reported user:dev"));
  EXPECT_EQ(wake_at_, begin + 60s);
  now_ = begin + 60s;
  EXPECT_THAT(troubles(watched), ElementsAre("fail never_reported user:dev"));
  put_state(SystemState::starting);
  EXPECT_THAT(troubles(watched), ElementsAre("unknown not_yet_reported user:dev"));
}

TEST_F(Coverage, DoubtsAUserWhoFellSilentAndThenFails) {
  specs_ = {spec_of("jupyter.service", "dev")};
  put_publisher(begin);
  EXPECT_THAT(troubles(), IsEmpty());
  EXPECT_EQ(wake_at_, begin + 30s);
  now_ = begin + 30s;
  EXPECT_THAT(troubles(), ElementsAre("unknown silent user:dev"));
  EXPECT_EQ(wake_at_, begin + 60s);
  now_ = begin + 60s;
  EXPECT_THAT(troubles(), ElementsAre("fail silent user:dev"));
  put_publisher(now_);
  EXPECT_THAT(troubles(), IsEmpty());
}

TEST_F(Coverage, WaitsForNoUserWhoseServicesAreAllDisabled) {
  specs_ = {spec_of("jupyter.service", "dev", false)};
  EXPECT_THAT(troubles(), IsEmpty());
}

TEST_F(Coverage, WaitsForNoUserInAUsersInstance) {
  user_ = "dev";
  specs_ = {spec_of("jupyter.service", "dev")};
  EXPECT_THAT(troubles({{"watch_users", texts({"eve"})}}), IsEmpty());
}

TEST_F(Coverage, NeverFailsForWhatCouldNotBeSeen) {
  specs_ = {spec_of("jupyter.service", "dev")};
  facts_.put(KnownSpecsKey{}, denied);
  facts_.put(PublisherKey{"dev"}, denied);
  EXPECT_THAT(troubles(), ElementsAre("unknown permission specs", "unknown permission user:dev"));
  put_publisher({});
  facts_.put(SystemStateKey{}, denied);
  now_ = begin + 1h;
  EXPECT_THAT(troubles(), IsSupersetOf({"unknown permission user:dev"}));
}
}  // namespace
}  // namespace checklist::host_checks
