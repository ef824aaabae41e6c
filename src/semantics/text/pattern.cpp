// SPDX-License-Identifier: MIT
#include "semantics/text/pattern.hpp"

#include <re2/re2.h>

namespace checklist::semantics {
namespace {
// Bytes of a compiled pattern with its automata. A pattern that needs more is an error of the spec.
constexpr std::int64_t most_memory = 1 << 20;

std::unique_ptr<re2::RE2> compile(const std::string& text) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(most_memory);
  return std::make_unique<re2::RE2>(text, options);
}
}  // namespace

std::string flaw_in(const Pattern& pattern) {
  return compile(pattern.text)->error();
}

Matcher::Matcher(const Pattern& pattern) : compiled_(compile(pattern.text)) {}

Matcher::Matcher(Matcher&& other) noexcept = default;
Matcher& Matcher::operator=(Matcher&& other) noexcept = default;
Matcher::~Matcher() = default;

bool Matcher::is_found_in(std::string_view text) const {
  return compiled_->ok() && re2::RE2::PartialMatch({text.data(), text.size()}, *compiled_);
}
}  // namespace checklist::semantics

namespace checklist {
std::optional<semantics::Pattern> ParameterType<semantics::Pattern>::parse(const Value& value,
                                                                           const std::string& at,
                                                                           ConfigErrors& errors) {
  const auto* text = value.get<std::string>();
  const std::string flaw = text != nullptr ? semantics::flaw_in({*text}) : std::string();
  if (text != nullptr && flaw.empty()) {
    return semantics::Pattern{*text};
  }
  errors.push_back({at,
                    flaw.empty() ? "a regular expression"
                                 : "a regular expression in RE2's syntax (" + flaw + ")",
                    describe(value)});
  return std::nullopt;
}
}  // namespace checklist
