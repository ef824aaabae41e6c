// SPDX-License-Identifier: MIT
// A check's parameters are read one by one, and then as a whole.
#include "checklist/check.hpp"

#include <gmock/gmock.h>

namespace checklist {
namespace {
struct Params {
  std::optional<bool> left;
  std::optional<bool> right;

  void validate(const std::string& at, ConfigErrors& errors) const {
    if (!left && !right) {
      errors.push_back({at, "left or right", "neither"});
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
  ConfigErrors errors;
  def.bind({{"left", Value{true}}}, "/checks/x", errors);
  EXPECT_TRUE(errors.empty());
  def.bind({}, "/checks/x", errors);
  EXPECT_THAT(errors, ::testing::ElementsAre(ConfigError{"/checks/x", "left or right", "neither"}));
}
}  // namespace
}  // namespace checklist
