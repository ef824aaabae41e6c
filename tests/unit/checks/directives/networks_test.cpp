// SPDX-License-Identifier: MIT
#include "checks/directives/networks.hpp"

#include <gmock/gmock.h>

namespace checklist::checks {
namespace {
using ::testing::ElementsAre;
using ::testing::SizeIs;

Value on_dbus(std::int64_t family, const std::vector<std::uint64_t>& bytes, std::uint64_t length) {
  Values address;
  for (const auto byte : bytes) {
    address.push_back(Value{byte});
  }
  return Value{Values{Value{family}, Value{address}, Value{length}}};
}

TEST(Networks, AreNamedBySymbolsAndPrefixes) {
  EXPECT_THAT(networks("any"), ElementsAre("4:", "6:"));
  EXPECT_THAT(networks("localhost"), SizeIs(2));
  EXPECT_THAT(networks("10.0.0.0/8"), ElementsAre("4:00001010"));
  EXPECT_THAT(networks("192.0.2.1"), ElementsAre("4:11000000000000000000001000000001"));
}

TEST(Networks, AreNoneOfAnotherText) {
  for (const char* text :
       {"", "everything", "10.0.0/8", "10.0.0.0/33", "10.0.0.256", "10.0.0.0/x"}) {
    EXPECT_TRUE(networks(text).empty()) << text;
  }
}

TEST(Networks, AreToldByDBusAsTheSymbolsAre) {
  EXPECT_EQ(network(on_dbus(2, {127, 0, 0, 0}, 8)), networks("localhost")[0]);
  EXPECT_EQ(network(on_dbus(10, std::vector<std::uint64_t>(16), 0)), networks("any")[1]);
  std::vector<std::uint64_t> loopback(16);
  loopback[15] = 1;
  EXPECT_EQ(network(on_dbus(10, loopback, 128)), networks("localhost")[1]);
  EXPECT_EQ(network(on_dbus(2, {169, 254, 0, 0}, 16)), networks("link-local")[0]);
  EXPECT_EQ(network(on_dbus(2, {224, 0, 0, 0}, 4)), networks("multicast")[0]);
  EXPECT_FALSE(network(Value{Values{}}));
}

TEST(Networks, LieInWiderOnes) {
  EXPECT_TRUE(is_part(networks("127.0.0.1")[0], networks("localhost")[0]));
  EXPECT_TRUE(is_part(networks("127.0.0.1")[0], networks("any")[0]));
  EXPECT_FALSE(is_part(networks("any")[0], networks("localhost")[0]));
  EXPECT_FALSE(is_part(networks("127.0.0.1")[0], networks("any")[1]));
}

TEST(Networks, ArePrintedAsAPersonWritesThem) {
  EXPECT_EQ(print_network(networks("10.0.0.0/8")[0]), "10.0.0.0/8");
  EXPECT_EQ(print_network(networks("any")[0]), "0.0.0.0/0");
  EXPECT_EQ(print_network(networks("localhost")[1]), "0:0:0:0:0:0:0:1/128");
  EXPECT_EQ(print_network(networks("link-local")[1]), "fe80:0:0:0:0:0:0:0/64");
}
}  // namespace
}  // namespace checklist::checks
