// SPDX-License-Identifier: MIT
#include "checks/sockets/declared_addresses.hpp"

#include <gmock/gmock.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using semantics::Address;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::texts;

std::vector<Address> declared(const std::string& check, const Dict& arguments) {
  Spec spec;
  spec.unit = "x.service";
  spec.checks.emplace(check, arguments);
  return declared_addresses(spec);
}

TEST(DeclaredAddresses, AreThoseOfListenInTheirCanonicalForm) {
  EXPECT_THAT(
      declared("port_bindings",
               {{"listen", texts({"tcp:[0:0::1]:8080", "udp:*:53", "unix:/run/x.sock"})}}),
      ElementsAre(Address{.protocol = Protocol::tcp, .host = "::1", .port = 8080},
                  Address{.protocol = Protocol::udp, .host = "*", .port = 53},
                  Address{.protocol = Protocol::unix_stream, .host = "/run/x.sock", .port = 0}));
}

TEST(DeclaredAddresses, AreNoneWithoutTheCheckOrItsParameter) {
  EXPECT_THAT(declared_addresses(Spec{}), IsEmpty());
  EXPECT_THAT(declared("toggles", {{"listen", texts({"tcp:*:80"})}}), IsEmpty());
  EXPECT_THAT(declared("port_bindings", {}), IsEmpty());
  EXPECT_THAT(declared("port_bindings", {{"listen", texts({})}}), IsEmpty());
}

TEST(DeclaredAddresses, AreReadBesideAnErrorElsewhere) {
  EXPECT_THAT(declared("port_bindings", {{"listen", texts({"tcp:127.0.0.1:80"})},
                                         {"extra", Value{std::string("sometimes")}}}),
              ElementsAre(Address{.protocol = Protocol::tcp, .host = "127.0.0.1", .port = 80}));
}
}  // namespace
}  // namespace checklist::checks
