// SPDX-License-Identifier: MIT
#include "capture/kinds.hpp"

#include <gmock/gmock.h>

#include "unit/capture/unit.hpp"

namespace checklist::capture {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;

config::Catalogue catalogue() {
  config::Catalogue out;
  out.kinds = {{.name = "by-program",
                .summary = {},
                .units = {},
                .programs = {"xd", "postgres*"},
                .spec = {},
                .probes = {}},
               {.name = "by-name",
                .summary = {},
                .units = {"x.service", "x@*.service"},
                .programs = {},
                .spec = {},
                .probes = {}}};
  return out;
}

std::string kind_name(const CapturedUnit& unit) {
  const config::Catalogue all = catalogue();
  const config::Kind* kind = kind_of(unit, all);
  return kind != nullptr ? kind->name : "none";
}

TEST(KindOf, MatchesNamesAliasesAndInstances) {
  EXPECT_EQ(kind_name(captured("x.service")), "by-name");
  EXPECT_EQ(kind_name(captured("x@main.service")), "by-name");
  CapturedUnit alias = captured("y.service");
  alias.names.emplace_back("x.service");
  EXPECT_EQ(kind_name(alias), "by-name");
  EXPECT_EQ(kind_name(captured("xy.service")), "none");
}

TEST(KindOf, MatchesProgramsAfterNames) {
  CapturedUnit unit = captured("model.service");
  unit.programs = {"/nix/store/abc-x-1/bin/xd"};
  EXPECT_EQ(kind_name(unit), "by-program");
  unit.unit = "x.service";
  EXPECT_EQ(kind_name(unit), "by-name");
}

TEST(ProbesOf, PrefersTheLoopbackInTheOrderOfTheAddresses) {
  CapturedUnit unit = captured("x.service");
  unit.checks["port_bindings"].arguments =
      parsed(R"({"listen": ["tcp:10.0.0.1:6379", "tcp:127.0.0.1:6379", "tcp:[::1]:6379"]})");
  config::Kind kind;
  kind.probes = {parsed(R"({"tcp": "{listen}"})")};
  EXPECT_THAT(probes_of(unit, kind), ElementsAre(parsed(R"({"tcp": "127.0.0.1:6379"})"),
                                                 parsed(R"({"tcp": "[::1]:6379"})"),
                                                 parsed(R"({"tcp": "10.0.0.1:6379"})")));
}

TEST(UnitsMeant, AreThoseOfTheKindWithThatNameProgramOrUnit) {
  config::Catalogue all;
  all.kinds.resize(2);
  all.kinds[0].name = "apache";
  all.kinds[0].units = {"apache2.service", "apache2@*.service", "httpd.service"};
  all.kinds[0].programs = {"apachectl"};
  all.kinds[1].units = {"apache*"};
  all.kinds[1].plumbing = true;
  for (const char* unit : {"apache.service", "apachectl.service"}) {
    EXPECT_THAT(units_meant(unit, all), ElementsAre("apache2.service", "httpd.service")) << unit;
  }
  EXPECT_THAT(units_meant("httpd.service", all), ElementsAre("apache2.service"));
  EXPECT_THAT(units_meant("nginx.service", all), IsEmpty());
}

TEST(Knows, SaysWhetherTheKindHasParametersOfTheCheck) {
  config::Kind kind;
  EXPECT_FALSE(knows(kind, "files"));
  kind.spec = parsed(R"({"checks": {"files": {"/x": {}}}})");
  EXPECT_TRUE(knows(kind, "files"));
  EXPECT_FALSE(knows(kind, "journal_errors"));
}

TEST(ProbesOf, PutsEachAddressIntoTheUrl) {
  CapturedUnit unit = captured("x.service");
  unit.checks["port_bindings"].arguments = parsed(
      R"({"listen": ["tcp:*:80", "tcp:127.0.0.1:81", "tcp:[::]:82", "udp:*:53", "unix:/run/x"]})");
  const config::Kind kind{.name = {},
                          .summary = {},
                          .units = {},
                          .programs = {},
                          .spec = {},
                          .probes = {parsed(R"({"url": "http://{listen}/h", "body": "ok"})"),
                                     parsed(R"({"unix": "/run/x.sock"})")}};
  EXPECT_THAT(probes_of(unit, kind),
              ElementsAre(parsed(R"({"url": "http://127.0.0.1:81/h", "body": "ok"})"),
                          parsed(R"({"url": "http://127.0.0.1:80/h", "body": "ok"})"),
                          parsed(R"({"url": "http://[::1]:82/h", "body": "ok"})"),
                          parsed(R"({"unix": "/run/x.sock"})")));
}

TEST(ProbesOf, HasNoneWithoutAnAddress) {
  const config::Kind kind{.name = {},
                          .summary = {},
                          .units = {},
                          .programs = {},
                          .spec = {},
                          .probes = {parsed(R"({"url": "http://{listen}/"})")}};
  EXPECT_THAT(probes_of(captured("x.service"), kind), IsEmpty());
}
}  // namespace
}  // namespace checklist::capture
