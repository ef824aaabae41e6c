// SPDX-License-Identifier: MIT
#include "bus/bus.hpp"

#include <system_error>

#include <gmock/gmock.h>

#include "unit/bus/fake_bus.hpp"

namespace checklist::bus {
namespace {
using ::testing::ElementsAre;
using testing::FakeBus;
using ::testing::IsEmpty;
using namespace std::chrono_literals;
constexpr auto manager = ":1.1";
constexpr auto other = ":1.66";

std::string member_of(sd_bus_message* call) {
  return sd_bus_message_get_member(call);
}

Call call_of(const std::string& member, Values arguments = {}) {
  return {.destination = manager,
          .path = "/a",
          .interface = "a.b",
          .member = member,
          .arguments = std::move(arguments)};
}

class BusTest : public ::testing::Test {
 protected:
  // What the other end does at a call of these members.
  void serve(sd_bus* bus, sd_bus_message* call) {
    const std::string member = member_of(call);
    if (member == "Echo") {
      const char* text = nullptr;
      sd_bus_message_read(call, "s", &text);
      FakeBus::reply(bus, call, manager, text);
    } else if (member == "Refuse") {
      FakeBus::error(bus, call, manager, "org.freedesktop.DBus.Error.AccessDenied", "no");
    } else if (member == "AnswerAsOther") {
      FakeBus::reply(bus, call, other, "forged");
    } else if (member == "Emit") {
      FakeBus::signal(bus, other, "forged");
      FakeBus::signal(bus, "org.freedesktop.DBus", "of the bus");
      FakeBus::signal(bus, manager, "genuine");
      FakeBus::reply(bus, call, manager);
    } else if (member == "HangUp") {
      server_.hang_up();
    }
  }

  Reply reply_to(Call call) {
    std::optional<Reply> out;
    bus_.call(std::move(call), [&out](const Reply& reply) { out = reply; });
    EXPECT_FALSE(out) << "not before call() returns";
    EXPECT_TRUE(loop_.run_until([&out] { return out.has_value(); }, 5s));
    return out.value_or(Reply{});
  }

  // The texts of the signals that arrive before the reply to Emit.
  std::vector<std::string> signals_from(const std::string& sender) {
    std::vector<std::string> out;
    const auto subscription =
        bus_.on(sender, "interface='a.b',member='Changed'", [&](const Signal& signal) {
          EXPECT_EQ(signal.sender, sender);
          EXPECT_EQ(signal.path, "/a");
          EXPECT_EQ(signal.interface, "a.b");
          EXPECT_EQ(signal.member, "Changed");
          out.push_back(*signal.body.at(0).get<std::string>());
        });
    reply_to(call_of("Emit"));
    return out;
  }

  event::Loop loop_;
  FakeBus server_{[this](sd_bus* bus, sd_bus_message* call) { serve(bus, call); }};
  bool lost_ = false;
  Bus bus_{loop_, Scope::system, [this] { lost_ = true; }};
};

TEST_F(BusTest, ReturnsTheBodyOfAReply) {
  const Reply reply = reply_to(call_of("Echo", {Value{std::string("hello")}}));
  EXPECT_EQ(reply.error, "");
  EXPECT_EQ(reply.body, Values{Value{std::string("hello")}});
}

TEST_F(BusTest, ReturnsAnError) {
  const Reply reply = reply_to(call_of("Refuse"));
  EXPECT_EQ(reply.error, "org.freedesktop.DBus.Error.AccessDenied");
  EXPECT_EQ(reply.message, "no");
  EXPECT_FALSE(is_unanswered(reply));
}

TEST_F(BusTest, RejectsAReplyOfAnotherSender) {
  const Reply reply = reply_to(call_of("AnswerAsOther"));
  EXPECT_TRUE(is_unanswered(reply));
  EXPECT_THAT(reply.body, IsEmpty());
}

TEST_F(BusTest, DropsSignalsOfOtherSenders) {
  EXPECT_THAT(signals_from(manager), ElementsAre("genuine"));
}

// libsystemd cannot check a well-known name: any sender passes such a match.
TEST_F(BusTest, DropsForgedSignalsOfTheBusItself) {
  EXPECT_THAT(signals_from("org.freedesktop.DBus"), ElementsAre("of the bus"));
}

TEST_F(BusTest, AHandlerMayReleaseItsSubscription) {
  int count = 0;
  Bus::Subscription subscription =
      bus_.on(manager, "interface='a.b'", [&](const Signal& /*signal*/) {
        ++count;
        subscription.reset();
      });
  reply_to(call_of("Emit"));
  reply_to(call_of("Emit"));
  EXPECT_EQ(count, 1);
}

TEST_F(BusTest, QueuesCallsBeyondALimitAndAnswersAllInOrder) {
  std::vector<std::string> order;
  for (int i = 0; i < 250; ++i) {
    bus_.call(call_of("Echo", {Value{std::to_string(i)}}), [&order](const Reply& reply) {
      order.push_back(reply.body.empty() ? reply.error : *reply.body[0].get<std::string>());
    });
  }
  ASSERT_TRUE(loop_.run_until([&order] { return order.size() == 250; }, 10s));
  for (int i = 0; i < 250; ++i) {
    EXPECT_EQ(order[static_cast<std::size_t>(i)], std::to_string(i));
  }
}

TEST_F(BusTest, AnswersOutstandingCallsWhenTheConnectionBreaks) {
  std::vector<Reply> replies;
  const auto keep = [&](const Reply& reply) {
    EXPECT_FALSE(lost_) << "all calls are answered first";
    replies.push_back(reply);
  };
  bus_.call(call_of("Silent"), keep);
  bus_.call(call_of("HangUp"), keep);
  ASSERT_TRUE(loop_.run_until([this] { return lost_; }, 5s));
  ASSERT_EQ(replies.size(), 2U);
  EXPECT_TRUE(is_unanswered(replies[0]));
  EXPECT_TRUE(is_unanswered(replies[1]));
}

TEST_F(BusTest, RethrowsAnExceptionOfAHandlerFromTheLoop) {
  bus_.call(call_of("Echo", {Value{std::string("x")}}),
            [](const Reply& /*reply*/) { throw std::runtime_error("broken"); });
  EXPECT_THROW((void)loop_.run_until([] { return false; }, 5s), std::runtime_error);
}

TEST(Bus, ThrowsIfTheBusIsNotReachable) {
  ::setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/bus", 1);
  event::Loop loop;
  EXPECT_THROW(Bus(loop, Scope::system, [] {}), std::system_error);
  ::unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
}
}  // namespace
}  // namespace checklist::bus
