// SPDX-License-Identifier: MIT
#include "semantics/files/test_command.hpp"

#include <algorithm>

#include "semantics/files/file_rules.hpp"

namespace checklist {
namespace {
using semantics::TestCommand;

constexpr std::size_t most_words = 64;
constexpr std::size_t longest_word = 4096;

bool is_printable(const std::string& word) {
  return !word.empty() && word.size() <= longest_word && std::ranges::none_of(word, [](char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
  });
}
}  // namespace

std::optional<TestCommand> ParameterType<TestCommand>::parse(const Value& value,
                                                             const std::string& at,
                                                             ConfigErrors& errors) {
  const auto* list = value.get<Values>();
  if (list == nullptr || list->empty() || list->size() > most_words) {
    errors.push_back({at, R"(a program and its arguments, as ["/usr/sbin/nginx", "-t"])",
                      list == nullptr ? describe(value) : std::to_string(list->size()) + " words"});
    return std::nullopt;
  }
  const std::size_t before = errors.size();
  TestCommand out;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto* word = (*list)[i].get<std::string>();
    const bool is_program = i == 0;
    if (word == nullptr || !is_printable(*word) ||
        (is_program && !semantics::is_plain_path(*word))) {
      errors.push_back({at + "/" + std::to_string(i),
                        is_program ? R"(the absolute path of a program, without "." and "..")"
                                   : "an argument: printable characters, at least one",
                        describe((*list)[i])});
    } else {
      out.words.push_back(*word);
    }
  }
  return errors.size() == before ? std::optional(std::move(out)) : std::nullopt;
}

Value ParameterType<TestCommand>::print(const TestCommand& command) {
  return ParameterType<std::vector<std::string>>::print(command.words);
}

Dict ParameterType<TestCommand>::schema() {
  Dict out = ParameterType<std::vector<std::string>>::schema();
  out["minItems"] = Value{std::int64_t{1}};
  return out;
}
}  // namespace checklist
