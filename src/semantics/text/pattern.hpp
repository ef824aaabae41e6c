// SPDX-License-Identifier: MIT
// Regular expressions of a spec, in RE2's syntax: matching takes time linear in any text. No other
// header exposes the library.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "checklist/params/error.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

namespace re2 {
class RE2;
}

namespace checklist::semantics {
struct Pattern {
  std::string text;  // valid, if read from a spec
  auto operator<=>(const Pattern&) const = default;
};

// Returns the library's error message; empty if the pattern is valid.
std::string flaw_in(const Pattern& pattern);

// A compiled pattern. An invalid one matches nothing.
class Matcher {
 public:
  explicit Matcher(const Pattern& pattern);
  Matcher(Matcher&& other) noexcept;
  Matcher& operator=(Matcher&& other) noexcept;
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;
  ~Matcher();

  // Returns whether the pattern matches anywhere in the text, which need not be valid UTF-8.
  [[nodiscard]] bool is_found_in(std::string_view text) const;

 private:
  std::unique_ptr<re2::RE2> compiled_;
};
}  // namespace checklist::semantics

namespace checklist {
template <>
struct ParameterType<semantics::Pattern> {
  static std::optional<semantics::Pattern> parse(const Value& value, const std::string& at,
                                                 ConfigErrors& errors);

  static Value print(const semantics::Pattern& pattern) { return {pattern.text}; }

  static Dict schema() {
    return {{"type", Value{std::string("string")}}, {"format", Value{std::string("regex")}}};
  }
};
}  // namespace checklist
