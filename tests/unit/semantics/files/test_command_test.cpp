// SPDX-License-Identifier: MIT
#include "semantics/files/test_command.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
Value words(const std::vector<std::string>& all) {
  return ParameterType<std::vector<std::string>>::print(all);
}

// Returns the places of the errors.
std::string errors_of(const Value& value) {
  ConfigErrors errors;
  const auto command = read_value<TestCommand>(value, "/t", errors);
  EXPECT_EQ(command.has_value(), errors.empty());
  std::string out;
  for (const ConfigError& error : errors) {
    out += (out.empty() ? "" : " ") + error.pointer;
  }
  return out;
}

TEST(TestCommand, IsAProgramAndItsArguments) {
  const Value value = words({"/usr/sbin/nginx", "-t", "-q"});
  ConfigErrors errors;
  const auto command = read_value<TestCommand>(value, "", errors);
  ASSERT_TRUE(command);
  EXPECT_EQ(command->words, (std::vector<std::string>{"/usr/sbin/nginx", "-t", "-q"}));
  EXPECT_EQ(ParameterType<TestCommand>::print(*command), value);
}

TEST(TestCommand, NamesWhatIsWrong) {
  EXPECT_EQ(errors_of(Value{std::string("/usr/sbin/nginx -t")}), "/t");
  EXPECT_EQ(errors_of(words({})), "/t");
  EXPECT_EQ(errors_of(words(std::vector<std::string>(65, "/x"))), "/t");
  EXPECT_EQ(errors_of(words({"nginx", "-t"})), "/t/0");
  EXPECT_EQ(errors_of(words({"/usr/../tmp/x"})), "/t/0");
  EXPECT_EQ(errors_of(words({"/x", "", "a\nb"})), "/t/1 /t/2");
  EXPECT_EQ(errors_of(Value{Values{Value{std::string("/x")}, Value{true}}}), "/t/1");
}
}  // namespace
}  // namespace checklist::semantics
