// SPDX-License-Identifier: MIT
#include "parse/unit_file.hpp"

#include <string>

namespace checklist::parse {
namespace {
constexpr std::string_view whitespace = " \t\n\r";

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(whitespace);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(whitespace) - first + 1);
}

bool is_comment(std::string_view line) {
  const auto text = trim(line);
  return text.starts_with('#') || text.starts_with(';');
}

// Returns whether the line ends with an unescaped backslash.
bool goes_on(std::string_view line) {
  const auto last = line.find_last_not_of('\\');
  const auto backslashes = line.size() - (last == std::string_view::npos ? 0 : last + 1);
  return backslashes % 2 == 1;
}

class Reader {
 public:
  // Comments between continuation lines are skipped.
  void line(std::string_view text) {
    if (is_comment(text)) {
      return;
    }
    pending_ += text;
    if (goes_on(pending_)) {
      pending_.back() = ' ';
      return;
    }
    finish();
  }

  UnitFile file() {
    finish();
    return std::move(file_);
  }

 private:
  void finish() {
    const std::string whole = std::exchange(pending_, {});
    const auto text = trim(whole);
    const auto equals = text.find('=');
    if (text.starts_with('[') && text.ends_with(']')) {
      section_ = text.substr(1, text.size() - 2);
    } else if (equals != std::string_view::npos && equals != 0) {
      file_.directives.push_back({.section = section_,
                                  .key = std::string(trim(text.substr(0, equals))),
                                  .value = std::string(trim(text.substr(equals + 1)))});
    }
  }

  UnitFile file_{.exists = true, .directives = {}};
  std::string section_;
  std::string pending_;
};
}  // namespace

UnitFile unit_file(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  Reader reader;
  while (!text.empty()) {
    const auto end = text.find('\n');
    reader.line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return reader.file();
}
}  // namespace checklist::parse
