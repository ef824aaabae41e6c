// SPDX-License-Identifier: MIT
// Decodes a reply with every D-Bus type, as it comes over a socket.
#include "bus/decode.hpp"

#include <optional>

#include <gmock/gmock.h>

#include "bus/bus.hpp"
#include "unit/bus/fake_bus.hpp"

namespace checklist::bus {
namespace {
using namespace std::chrono_literals;

Value str(const std::string& text) {
  return {text};
}

class DecodeTest : public ::testing::Test {
 protected:
  // The decoded body of a reply that the other end fills.
  Values body_of(const std::function<void(sd_bus_message*)>& fill) {
    const testing::FakeBus server([&fill](sd_bus* bus, sd_bus_message* call) {
      sd_bus_message* message = nullptr;
      sd_bus_message_new_method_return(call, &message);
      sd_bus_message_set_sender(message, ":1.1");
      fill(message);
      sd_bus_send(bus, message, nullptr);
      sd_bus_message_unref(message);
    });
    event::Loop loop;
    Bus bus(loop, Scope::system, [] {});
    std::optional<Reply> out;
    bus.call(
        {.destination = ":1.1", .path = "/a", .interface = "a.b", .member = "C", .arguments = {}},
        [&out](const Reply& reply) { out = reply; });
    EXPECT_TRUE(loop.run_until([&out] { return out.has_value(); }, 5s));
    EXPECT_EQ(out.value_or(Reply{}).error, "");
    return out.value_or(Reply{}).body;
  }
};

TEST_F(DecodeTest, WidensIntegersAndKeepsTheirSign) {
  const Values body = body_of([](sd_bus_message* message) {
    sd_bus_message_append(message, "ybnqiuxtd", 255, 1, -2, 65535, -3, 4294967295U, INT64_MIN,
                          UINT64_MAX, 0.5);
  });
  EXPECT_EQ(body, (Values{Value{std::uint64_t{255}}, Value{true}, Value{std::int64_t{-2}},
                          Value{std::uint64_t{65535}}, Value{std::int64_t{-3}},
                          Value{std::uint64_t{4294967295U}}, Value{INT64_MIN}, Value{UINT64_MAX},
                          Value{0.5}}));
}

TEST_F(DecodeTest, ReadsStringsPathsAndSignaturesAsStrings) {
  const Values body = body_of([](sd_bus_message* message) {
    sd_bus_message_append(message, "sog", "text", "/org/freedesktop/systemd1", "a{sv}");
  });
  EXPECT_EQ(body, (Values{str("text"), str("/org/freedesktop/systemd1"), str("a{sv}")}));
}

// A row of ListUnits(), and ExecStart of a service.
TEST_F(DecodeTest, ReadsStructsAsLists) {
  const Values body = body_of([](sd_bus_message* message) {
    sd_bus_message_append(message, "a(so)(asb)", 1, "x.service", "/unit", 2, "/bin/a", "-b", 0);
  });
  EXPECT_EQ(body, (Values{Value{Values{Value{Values{str("x.service"), str("/unit")}}}},
                          Value{Values{Value{Values{str("/bin/a"), str("-b")}}, Value{false}}}}));
}

// The body of PropertiesChanged.
TEST_F(DecodeTest, ReadsDictionariesWithStringKeysAndVariants) {
  const Values body = body_of([](sd_bus_message* message) {
    sd_bus_message_append(message, "sa{sv}as", "a.b", 2, "Job", "(uo)", 7, "/job/7", "Names", "as",
                          1, "x.service", 1, "Conditions");
  });
  EXPECT_EQ(body, (Values{str("a.b"),
                          Value{Dict{{"Job", Value{Values{Value{std::uint64_t{7}}, str("/job/7")}}},
                                     {"Names", Value{Values{str("x.service")}}}}},
                          Value{Values{str("Conditions")}}}));
}

TEST_F(DecodeTest, ReadsEmptyContainers) {
  const Values body = body_of(
      [](sd_bus_message* message) { sd_bus_message_append(message, "a{sv}asay", 0, 0, 0); });
  EXPECT_EQ(body, (Values{Value{Dict{}}, Value{Values{}}, Value{Values{}}}));
}

TEST_F(DecodeTest, ReadsDictionariesWithOtherKeysAsPairs) {
  const Values body = body_of(
      [](sd_bus_message* message) { sd_bus_message_append(message, "a{us}", 1, 7, "seven"); });
  EXPECT_EQ(body, (Values{Value{Values{Value{Values{Value{std::uint64_t{7}}, str("seven")}}}}}));
}
}  // namespace
}  // namespace checklist::bus
