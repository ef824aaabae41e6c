// SPDX-License-Identifier: MIT
#include "observe/systemd/systemd_link.hpp"

#include <gmock/gmock.h>

#include "observe/systemd/systemd_names.hpp"
#include "unit/bus/fake_bus.hpp"

namespace checklist::observe {
namespace {
using ::testing::ElementsAre;
using testing::FakeBus;
using ::testing::IsEmpty;
using namespace std::chrono_literals;
constexpr auto driver = "org.freedesktop.DBus";
constexpr auto first_owner = ":1.1";
constexpr auto second_owner = ":1.2";
constexpr auto attacker = ":1.66";

void announce_owner(sd_bus* bus, const char* sender, const char* owner) {
  sd_bus_message* message = nullptr;
  sd_bus_message_new_signal(bus, &message, "/org/freedesktop/DBus", driver, "NameOwnerChanged");
  sd_bus_message_set_sender(message, sender);
  sd_bus_message_append(message, "sss", manager_name, "", owner);
  sd_bus_send(bus, message, nullptr);
  sd_bus_message_unref(message);
}

void start_reload(sd_bus* bus, const char* sender) {
  sd_bus_message* message = nullptr;
  sd_bus_message_new_signal(bus, &message, manager_path, manager_interface, "Reloading");
  sd_bus_message_set_sender(message, sender);
  sd_bus_message_append(message, "b", 1);
  sd_bus_send(bus, message, nullptr);
  sd_bus_message_unref(message);
}

class SystemdLinkTest : public ::testing::Test {
 protected:
  // Calls of the link make the bus do these things; only "Owner" and "Reload" are replied to.
  void serve(sd_bus* bus, sd_bus_message* call) {
    const std::string member = sd_bus_message_get_member(call);
    const std::string callee = sd_bus_message_get_destination(call);
    if (member == "GetNameOwner") {
      FakeBus::reply(bus, call, driver, first_owner);
    } else if (member == "Forge") {
      announce_owner(bus, attacker, attacker);
      FakeBus::reply(bus, call, callee.c_str());
    } else if (member == "Replace") {
      announce_owner(bus, driver, second_owner);
    } else if (member == "Restart") {
      announce_owner(bus, driver, "");
      announce_owner(bus, driver, second_owner);
    } else if (member == "Reload") {
      start_reload(bus, attacker);
      start_reload(bus, callee.c_str());
      FakeBus::reply(bus, call, callee.c_str());
    } else if (member == "HangUp") {
      server_.hang_up();
    } else {
      FakeBus::reply(bus, call, callee.c_str(), callee.c_str());
    }
  }

  void call(const std::string& member, std::function<void(const bus::Reply&)> done) {
    link_.call("/a", "a.b", member, {}, std::move(done));
  }

  // Returns the unique name to which a call is sent, which is the text of the reply.
  std::string called() {
    std::optional<std::string> out;
    call("Owner", [&out](const bus::Reply& reply) { out = text_at(reply.body, 0); });
    EXPECT_TRUE(until([&out] { return out.has_value(); }));
    return out.value_or("");
  }

  // Calls, and waits for the reply.
  void make(const std::string& member) {
    bool is_done = false;
    call(member, [&is_done](const bus::Reply&) { is_done = true; });
    EXPECT_TRUE(until([&is_done] { return is_done; }));
  }

  // Calls what ends the session, so that no reply arrives, and waits for the next session.
  void lose(const std::string& member) {
    const int before = ups_;
    call(member, [](const bus::Reply&) { ADD_FAILURE() << "a reply of the previous session"; });
    EXPECT_TRUE(until([this, before] { return ups_ > before; }));
  }

  bool until(const std::function<bool()>& done) { return loop_.run_until(done, 10s); }

  void SetUp() override {
    ASSERT_TRUE(until([this] { return ups_ == 1; }));
    EXPECT_EQ(called(), first_owner);
  }

  event::Loop loop_;
  FakeBus server_{[this](sd_bus* bus, sd_bus_message* message) { serve(bus, message); }};
  int ups_ = 0;
  std::vector<std::string> downs_;
  std::vector<std::string> senders_;  // of signals
  SystemdLink link_{loop_,
                    bus::Scope::system,
                    {.first = 10ms},
                    {.up = [this] { ++ups_; },
                     .down = [this](const std::string& why) { downs_.push_back(why); },
                     .signal = [this](const bus::Signal& of) { senders_.push_back(of.sender); }}};
};

TEST_F(SystemdLinkTest, IgnoresAForgedChangeOfOwner) {
  make("Forge");
  EXPECT_THAT(downs_, IsEmpty());
  EXPECT_TRUE(link_.up());
  EXPECT_EQ(called(), first_owner);
}

TEST_F(SystemdLinkTest, CallsTheNewOwnerOfTheName) {
  lose("Replace");
  EXPECT_THAT(downs_, ElementsAre("systemd left the bus"));
  EXPECT_EQ(called(), second_owner);
}

TEST_F(SystemdLinkTest, WaitsForTheSuccessorOfAnOwnerThatLeft) {
  lose("Restart");
  EXPECT_THAT(downs_, ElementsAre("systemd left the bus"));
  EXPECT_EQ(called(), second_owner);
}

TEST_F(SystemdLinkTest, ReconnectsAfterTheBusHasClosedTheConnection) {
  lose("HangUp");
  EXPECT_FALSE(downs_.empty());
  EXPECT_EQ(called(), first_owner);
}

TEST_F(SystemdLinkTest, TakesSignalsOnlyFromTheOwner) {
  make("Reload");
  EXPECT_THAT(senders_, ElementsAre(first_owner));
  lose("Replace");
  make("Reload");
  EXPECT_THAT(senders_, ElementsAre(first_owner, second_owner));
}
}  // namespace
}  // namespace checklist::observe
