// SPDX-License-Identifier: MIT
#include "ctl/terminal/markdown.hpp"

#include <sstream>

namespace checklist::ctl {
namespace {
constexpr std::string_view bold = "\033[1m";
constexpr std::string_view tint = "\033[36m";
constexpr std::string_view end = "\033[0m";

// Replaces each pair of marks in the line with a style; an unpaired mark stays.
std::string styled(std::string line, std::string_view mark, std::string_view style) {
  for (std::size_t from = 0;;) {
    const auto open = line.find(mark, from);
    const auto close = open == std::string::npos ? open : line.find(mark, open + mark.size());
    if (close == std::string::npos) {
      return line;
    }
    line.replace(close, mark.size(), end);
    line.replace(open, mark.size(), style);
    from = close + end.size() + style.size() - mark.size();
  }
}

std::string terminal_line(const std::string& line) {
  const auto text = line.find_first_not_of('#');
  if (text != 0 && text != std::string::npos && line[text] == ' ') {
    return std::string(bold) + line.substr(text + 1) + std::string(end);
  }
  return styled(styled(line, "**", bold), "`", tint);
}
}  // namespace

std::string terminal_text(std::string_view markdown, render::Colour colour) {
  if (colour == render::Colour::plain) {
    return std::string(markdown);
  }
  std::string out;
  bool fenced = false;
  std::istringstream lines{std::string(markdown)};
  for (std::string line; std::getline(lines, line);) {
    const bool fence = line.starts_with("```");
    fenced = fenced != fence;
    out += fence ? "" : (fenced ? "    " + line : terminal_line(line)) + "\n";
  }
  return out;
}
}  // namespace checklist::ctl
