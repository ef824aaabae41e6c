// SPDX-License-Identifier: MIT
#include "observe/systemd/systemd.hpp"

#include "unit/observe/systemd/fixture.hpp"

namespace checklist::observe {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace checklist::testing;
constexpr auto x = "x.service";

class Recorder : public ManagerFollower {
 public:
  void resync() override { events.emplace_back("resync"); }

  void gone(const Unseen& why) override { events.push_back("gone: " + why.reason); }

  void calls_dropped() override { events.emplace_back("calls_dropped"); }

  void unit_changed(const std::string& unit, const std::string& interface, const Dict& changed,
                    const Values& invalidated) override {
    events.push_back("changed: " + unit + " " + interface);
    body = changed;
    names = texts(invalidated);
  }

  void unit_loaded_or_unloaded(const std::string& unit) override {
    events.push_back("loaded or unloaded: " + unit);
  }

  void job_removed(const std::string& unit, const std::string& result) override {
    events.push_back("job: " + unit + " " + result);
  }

  void unit_files_changed() override { events.emplace_back("unit files"); }

  void startup_finished() override { events.emplace_back("started"); }

  std::vector<std::string> take() { return std::exchange(events, {}); }

  std::vector<std::string> events;
  Dict body;
  std::vector<std::string> names;
};

class SystemdTest : public SystemdFixture {
 protected:
  SystemdTest() { systemd_.attach(follower_); }

  Recorder follower_;
};

TEST_F(SystemdTest, DecodesSignals) {
  manager_.connect();
  manager_.emit_job_removed(7, x, "done");
  manager_.emit_load("UnitNew", x);
  manager_.emit_load("UnitRemoved", x);
  manager_.emit("UnitFilesChanged", {});
  manager_.emit("StartupFinished", Values(6, num(1)));
  manager_.emit_changed("a-b@c.service", unit_interface, {{"ActiveState", str("active")}},
                        {"Conditions"});
  EXPECT_THAT(follower_.events,
              ElementsAre("resync", "job: x.service done", "loaded or unloaded: x.service",
                          "loaded or unloaded: x.service", "unit files", "started",
                          "changed: a-b@c.service org.freedesktop.systemd1.Unit"));
  EXPECT_EQ(follower_.body, (Dict{{"ActiveState", str("active")}}));
  EXPECT_THAT(follower_.names, ElementsAre("Conditions"));
  EXPECT_EQ(systemd_.signals(), 6U);
}

TEST_F(SystemdTest, IgnoresMalformedAndUnknownSignals) {
  manager_.connect();
  (void)follower_.take();
  manager_.emit("SomethingNew", {num(1)});
  manager_.emit_signal({.sender = ":1.1",
                        .path = "/org/freedesktop/systemd1/unit/x_2eservice",
                        .interface = properties_interface,
                        .member = "PropertiesChanged",
                        .body = {str(unit_interface)}});
  EXPECT_THAT(follower_.events, IsEmpty());
}

TEST_F(SystemdTest, IsNotUpDuringAReload) {
  manager_.connect();
  (void)follower_.take();
  manager_.emit("Reloading", {Value{true}});
  EXPECT_FALSE(systemd_.up());
  manager_.emit_load("UnitRemoved", x);
  manager_.emit_changed(x, unit_interface, state_body("inactive", "dead"));
  manager_.emit_job_removed(7, x, "done");
  EXPECT_THAT(follower_.take(), ElementsAre("job: x.service done"));
  manager_.emit("Reloading", {Value{false}});
  EXPECT_TRUE(systemd_.up());
  EXPECT_THAT(follower_.take(), ElementsAre("resync"));
}

// systemd 261.2 may not send Reloading(false).
TEST_F(SystemdTest, AReloadEndsWithTheReplyToACallMadeAtItsStart) {
  manager_.connect();
  (void)follower_.take();
  manager_.emit("Reloading", {Value{true}});
  manager_.reply("Version", {str("252")});
  EXPECT_TRUE(systemd_.up());
  EXPECT_THAT(follower_.take(), ElementsAre("resync"));
  manager_.emit("Reloading", {Value{false}});
  EXPECT_THAT(follower_.take(), IsEmpty()) << "the end of a reload counts once";
}

TEST_F(SystemdTest, TheReplyOfAPreviousReloadDoesNotEndTheNext) {
  manager_.connect();
  manager_.emit("Reloading", {Value{true}});
  const auto first = manager_.take("Version");
  manager_.emit("Reloading", {Value{false}});
  manager_.emit("Reloading", {Value{true}});
  FakeManager::answer(first, {.body = {str("252")}, .error = {}, .message = {}});
  EXPECT_FALSE(systemd_.up());
  manager_.reply("Version", {str("252")});
  EXPECT_TRUE(systemd_.up());
}

TEST_F(SystemdTest, AReloadEndsWithTheConnection) {
  manager_.connect();
  manager_.emit("Reloading", {Value{true}});
  manager_.disconnect("systemd left the bus");
  manager_.connect();
  EXPECT_TRUE(systemd_.up());
}

TEST_F(SystemdTest, AShortInterruptionDoesNotMakeFactsStale) {
  manager_.connect();
  manager_.disconnect("systemd left the bus");
  manager_.connect();
  EXPECT_FALSE(loop_.run_until([] { return false; }, std::chrono::milliseconds(50)));
  EXPECT_THAT(follower_.events, ElementsAre("resync", "calls_dropped", "resync"));
  EXPECT_EQ(systemd_.reconnects(), 1U);
  EXPECT_FALSE(systemd_.lost());
}

TEST_F(SystemdTest, ALongInterruptionMakesFactsStaleUntilTheNextConnection) {
  manager_.connect();
  manager_.disconnect("systemd left the bus");
  ASSERT_TRUE(run_until([this] { return systemd_.lost().has_value(); }));
  EXPECT_EQ(systemd_.lost()->reason, "stale");
  EXPECT_EQ(systemd_.lost()->why, "systemd is no longer reachable: systemd left the bus");
  EXPECT_THAT(follower_.take(), ElementsAre("resync", "calls_dropped", "gone: stale"));
  manager_.connect();
  EXPECT_FALSE(systemd_.lost());
  EXPECT_THAT(follower_.take(), ElementsAre("resync"));
}

// With short times; a reload makes a ping late that is answered all the same.
class SystemdPingTest : public SystemdTest {
 protected:
  bool comes_to_be(const std::string& event) {
    return run_until([&] { return std::ranges::count(pinged_.events, event) != 0; });
  }

  FakeManager silent_;
  Recorder pinged_;
  observe::Systemd quick_{
      loop_,
      bus::Scope::system,
      {.ping = std::chrono::milliseconds(5), .answer = std::chrono::milliseconds(5), .backoff = {}},
      silent_.factory()};
};

TEST_F(SystemdPingTest, AManagerThatDoesNotAnswerMakesFactsStaleUntilItDoes) {
  quick_.attach(pinged_);
  silent_.connect();
  ASSERT_TRUE(comes_to_be("gone: stale"));
  EXPECT_EQ(quick_.lost()->why, "systemd does not answer");
  EXPECT_FALSE(quick_.connected());
  EXPECT_EQ(silent_.pending("Ping"), 1U) << "one call waits, however long";
  (void)pinged_.take();
  silent_.reply("Ping", {});
  EXPECT_THAT(pinged_.take(), ElementsAre("resync"));
  EXPECT_TRUE(quick_.connected());
  EXPECT_FALSE(quick_.lost());
}

TEST_F(SystemdPingTest, AManagerThatAnswersIsAskedAgain) {
  quick_.attach(pinged_);
  silent_.connect();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(run_until([this] { return silent_.pending("Ping") == 1; }));
    silent_.reply("Ping", {});
  }
  EXPECT_THAT(pinged_.take(), ElementsAre("resync"));
}

TEST_F(SystemdPingTest, AReloadMayTakeAsLongAsItTakes) {
  quick_.attach(pinged_);
  silent_.connect();
  silent_.emit("Reloading", {Value{true}});
  EXPECT_FALSE(loop_.run_until([] { return false; }, std::chrono::milliseconds(50)));
  EXPECT_THAT(pinged_.take(), ElementsAre("resync"));
  silent_.reply("Ping", {});
  silent_.reply("Version", {str("252")});
  EXPECT_THAT(pinged_.take(), ElementsAre("resync"));
}

TEST_F(SystemdTest, ABusThatNeverAnswersIsAnErrorOfTheBus) {
  manager_.disconnect("Connection refused");
  ASSERT_TRUE(run_until([this] { return systemd_.lost().has_value(); }));
  EXPECT_EQ(systemd_.lost()->reason, "bus");
  EXPECT_EQ(systemd_.lost()->why, "systemd is not reachable: Connection refused");
  EXPECT_EQ(systemd_.lost()->remedy, "start the system bus");
}
}  // namespace
}  // namespace checklist::observe
