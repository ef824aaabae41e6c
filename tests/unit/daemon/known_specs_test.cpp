// SPDX-License-Identifier: MIT
#include "daemon/known_specs.hpp"

#include <gmock/gmock.h>

namespace checklist::daemon {
namespace {
using namespace std::chrono_literals;

TEST(KnownSpecs, AreThoseOfTheConfigurationUnderTheirNames) {
  config::Configuration configuration;
  configuration.services.emplace_back();
  configuration.services[0].spec.unit = "x.service";
  configuration.of_users.emplace_back();
  configuration.of_users[0].unit = "jupyter.service";
  configuration.of_users[0].user = "dev";
  configuration.of_users[0].enabled = false;
  const SpecNames expected{{"x.service", true}, {"dev/jupyter.service", false}};
  EXPECT_EQ(spec_names(configuration), expected);
}

TEST(KnownSpecs, KeepThoseThatVanished) {
  KnownSpecs specs({{"x.service", true}});
  specs.resume({{"x.service", false}, {"previous.service", true}}, {});
  specs.replace({{"y.service", true}});
  const SpecNames expected{{"x.service", true}, {"y.service", true}, {"previous.service", true}};
  EXPECT_EQ(specs.known(), expected);
  specs.replace({{"x.service", false}});
  EXPECT_FALSE(specs.known().at("x.service"));
}

TEST(KnownSpecs, ForgetOnlyWhatIsNotInForce) {
  KnownSpecs specs({{"x.service", true}});
  specs.resume({{"previous.service", true}}, {});
  specs.forget({{"x.service", WallTime{1h}}, {"previous.service", WallTime{1h}}});
  EXPECT_EQ(specs.known(), (SpecNames{{"x.service", true}}));
}

TEST(KnownSpecs, ForgetOnceForEachTimeItWasSaid) {
  const store::Forgotten said{{"x.service", WallTime{1h}}};
  KnownSpecs specs({{"x.service", true}});
  specs.resume({}, said);  // applied by a previous run
  specs.replace({});
  specs.forget(said);
  EXPECT_TRUE(specs.known().contains("x.service"));
  specs.forget({{"x.service", WallTime{2h}}});
  EXPECT_FALSE(specs.known().contains("x.service"));
  specs.replace({{"x.service", true}});
  specs.replace({});
  specs.forget({{"x.service", WallTime{2h}}});
  EXPECT_TRUE(specs.known().contains("x.service"));
}
}  // namespace
}  // namespace checklist::daemon
