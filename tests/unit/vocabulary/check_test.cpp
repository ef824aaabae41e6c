// SPDX-License-Identifier: MIT
// A check's parameters are read one by one, and then as a whole.
#include "checklist/check.hpp"

#include <gmock/gmock.h>

namespace checklist {
namespace {
struct Params {
  std::optional<bool> left;
  std::optional<bool> right;

  void validate(const std::string& at, ConfigErrors& mistakes) const {
    if (!left && !right) {
      mistakes.push_back({at, "left or right", "neither"});
    }
  }
};

constexpr std::tuple fields{Field{"left", &Params::left, ""}, Field{"right", &Params::right, ""}};

Findings evaluate(const Params& /*want*/, View& /*see*/) {
  return {};
}

Params capture(View& /*see*/) {
  return {};
}

constexpr CheckDef def =
    check<Params, fields, evaluate, capture>("has two sides", RunsWhen::when_configured);

TEST(CheckDef, LetsItsParametersComplainTogether) {
  ConfigErrors mistakes;
  def.bind({{"left", Value{true}}}, "/checks/x", mistakes);
  EXPECT_TRUE(mistakes.empty());
  def.bind({}, "/checks/x", mistakes);
  EXPECT_THAT(mistakes,
              ::testing::ElementsAre(ConfigError{"/checks/x", "left or right", "neither"}));
}
}  // namespace
}  // namespace checklist
