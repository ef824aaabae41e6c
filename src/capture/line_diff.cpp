// SPDX-License-Identifier: MIT
#include "capture/line_diff.hpp"

#include <algorithm>
#include <vector>

namespace checklist::capture {
namespace {
constexpr std::size_t context = 3;

struct Line {
  char mark;
  std::string_view text;
};

std::vector<std::string_view> lines(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto end = text.find('\n');
    out.push_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return out;
}

// Returns, for each pair of positions, the length of the longest common subsequence of the rests.
std::vector<std::vector<std::size_t>> common(const std::vector<std::string_view>& a,
                                             const std::vector<std::string_view>& b) {
  std::vector<std::vector<std::size_t>> out(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      out[i][j] = a[i] == b[j] ? out[i + 1][j + 1] + 1 : std::max(out[i + 1][j], out[i][j + 1]);
    }
  }
  return out;
}

std::vector<Line> merged(const std::vector<std::string_view>& a,
                         const std::vector<std::string_view>& b) {
  const auto length = common(a, b);
  std::vector<Line> out;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      out.push_back({' ', a[i++]});
      ++j;
    } else if (j == b.size() || (i < a.size() && length[i + 1][j] >= length[i][j + 1])) {
      out.push_back({'-', a[i++]});
    } else {
      out.push_back({'+', b[j++]});
    }
  }
  return out;
}

// Returns whether the line is changed or near one that is.
bool is_shown(const std::vector<Line>& all, std::size_t at) {
  const std::size_t first = at > context ? at - context : 0;
  const std::size_t last = std::min(at + context + 1, all.size());
  return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(first),
                     all.begin() + static_cast<std::ptrdiff_t>(last),
                     [](const Line& line) { return line.mark != ' '; });
}
}  // namespace

std::string line_diff(std::string_view before, std::string_view after) {
  if (before == after) {
    return "";
  }
  const std::vector<Line> all = merged(lines(before), lines(after));
  std::string out;
  bool was_shown = true;
  for (std::size_t at = 0; at < all.size(); ++at) {
    const bool shown = is_shown(all, at);
    if (shown) {
      out += (was_shown ? "" : "@@\n") + std::string(1, all[at].mark) + std::string(all[at].text) +
             "\n";
    }
    was_shown = shown;
  }
  return out;
}
}  // namespace checklist::capture
