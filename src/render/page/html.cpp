// SPDX-License-Identifier: MIT
#include "render/page/html.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "render/label.hpp"
#include "render/moment.hpp"

namespace checklist::render {
namespace {
bool is_plain_in_links(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.~/@:").find(c) != std::string_view::npos;
}
}  // namespace

std::string escaped(std::string_view text, std::size_t bytes) {
  std::string out;
  for (const char c : harmless(text, bytes)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string escaped_hint(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto open = std::min(text.find('`'), text.size());
    const auto close = text.find('`', std::min(open + 1, text.size()));
    if (close == std::string_view::npos) {
      return out + escaped(text);
    }
    out += escaped(text.substr(0, open)) + "<code>" +
           escaped(text.substr(open + 1, close - open - 1)) + "</code>";
    text.remove_prefix(close + 1);
  }
  return out;
}

std::string entry(std::string_view name, const std::string& html) {
  return html.empty() ? "" : "<dt>" + std::string(name) + "</dt><dd>" + html + "</dd>";
}

std::string time_element(WallTime time) {
  return "<time datetime=\"" + formatted(time, "%Y-%m-%dT%H:%M:%SZ") + "\">" + moment(time) +
         "</time>";
}

std::string url_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_plain_in_links(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', digits.at(byte >> 4U), digits.at(byte & 15U)};
    }
  }
  return out;
}

std::string counted(std::size_t count, const std::string& one, const std::string& more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

std::string_view symbol(Status status) {
  switch (status) {
    case Status::pass:
      return "✓";
    case Status::fail:
      return "✗";
    case Status::unknown:
      return "?";
    case Status::skip:
      break;
  }
  return "–";
}

std::string symbol_and_word(Status status) {
  return std::string(symbol(status)) + " " +
         (status == Status::fail ? "FAIL" : std::string(text(status)));
}
}  // namespace checklist::render
