// SPDX-License-Identifier: MIT
// The command line of a program that tests a configuration, as a spec gives it.
#pragma once
#include <string>
#include <vector>

#include "checklist/params/error.hpp"
#include "checklist/params/type.hpp"

namespace checklist::semantics {
struct TestCommand {
  std::vector<std::string> words;  // not empty; the first one is an absolute path
  bool operator==(const TestCommand&) const = default;
};
}  // namespace checklist::semantics

namespace checklist {
template <>
struct ParameterType<semantics::TestCommand> {
  static std::optional<semantics::TestCommand> parse(const Value& value, const std::string& at,
                                                     ConfigErrors& errors);
  static Value print(const semantics::TestCommand& command);
  static Dict schema();
};
}  // namespace checklist
