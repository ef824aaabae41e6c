// SPDX-License-Identifier: MIT
#include "parse/programs/script.hpp"

#include <algorithm>

namespace checklist::parse {
namespace {
using namespace std::string_view_literals;

std::string_view word_of(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"sv), text.size()));
  return text.substr(0, text.find_first_of(" \t\r\0"sv));
}

// Returns the program that env(1) executes; nothing with options other than -S, or with variables.
std::string searched_by_env(std::string_view argument) {
  const auto option = word_of(argument);
  if (option == "-S"sv || option == "--split-string"sv) {
    argument.remove_prefix(argument.find(option) + option.size());
  }
  const auto name = word_of(argument);
  const bool is_name = !name.starts_with('-') && name.find_first_of("=/$\\\"'"sv) == name.npos;
  return is_name ? std::string(name) : std::string();
}
}  // namespace

// load_script() of the kernel's fs/binfmt_script.c. A line that does not end within the head counts
// if the name of the interpreter does.
std::optional<Script> script(std::string_view head) {
  if (!head.starts_with("#!"sv)) {
    return std::nullopt;
  }
  const bool is_cut = head.size() >= script_head;
  std::string_view line = head.substr(2, script_head - 2);
  const auto end = line.find('\n');
  const bool has_end = end != std::string_view::npos || !is_cut;
  line = line.substr(0, end);
  line.remove_prefix(std::min(line.find_first_not_of(" \t"sv), line.size()));
  const auto after = line.find_first_of(" \t\0"sv);
  if (after == 0 || line.empty() || (after == std::string_view::npos && !has_end)) {
    return std::nullopt;
  }
  Script out{std::string(line.substr(0, after))};
  if (out.interpreter.ends_with("/env"sv) && after != std::string_view::npos && has_end) {
    out.searched = searched_by_env(line.substr(after));
  }
  return out;
}
}  // namespace checklist::parse
