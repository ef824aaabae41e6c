// SPDX-License-Identifier: MIT
#include "semantics/unit/specifiers.hpp"

namespace checklist::semantics {
std::optional<std::string> with_specifiers(const std::string& text, const std::string& unit) {
  const std::string prefix_and_instance = unit.substr(0, unit.rfind('.'));
  const auto at = prefix_and_instance.find('@');
  const std::string instance =
      at != std::string::npos ? prefix_and_instance.substr(at + 1) : std::string();
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char word = text[i] == '%' && i + 1 < text.size() ? text[++i] : '\0';
    switch (word) {
      case '\0':
        out += text[i];
        break;
      case '%':
        out += '%';
        break;
      case 'n':
        out += unit;
        break;
      case 'N':
        out += prefix_and_instance;
        break;
      case 'p':
        out += prefix_and_instance.substr(0, at);
        break;
      case 'i':
        out += instance;
        break;
      case 'S':
        out += "/var/lib";
        break;
      case 'L':
        out += "/var/log";
        break;
      case 'C':
        out += "/var/cache";
        break;
      case 't':
        out += "/run";
        break;
      case 'E':
        out += "/etc";
        break;
      default:
        return std::nullopt;
    }
  }
  return out;
}
}  // namespace checklist::semantics
