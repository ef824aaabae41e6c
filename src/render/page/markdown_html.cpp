// SPDX-License-Identifier: MIT
#include "render/page/markdown_html.hpp"

#include <vector>

#include "render/page/html.hpp"

namespace checklist::render {
namespace {
using Lines = std::vector<std::string_view>;
constexpr std::size_t any_length = std::string_view::npos - 1;

Lines lines_of(std::string_view text) {
  Lines out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string inline_html(std::string_view text);

// Returns the text between two marks at the beginning as that element; empty if there are none.
std::string element(std::string_view& text, std::string_view mark, std::string_view name) {
  const auto end = text.starts_with(mark) ? text.find(mark, mark.size()) : std::string_view::npos;
  if (end == std::string_view::npos) {
    return {};
  }
  const auto inner = text.substr(mark.size(), end - mark.size());
  text.remove_prefix(end + mark.size());
  const bool is_code = mark == "`";
  return "<" + std::string(name) + ">" +
         (is_code ? escaped(inner, any_length) : inline_html(inner)) + "</" + std::string(name) +
         ">";
}

// "gpu_errors" of "gpu_errors.md", the page of another check; empty for other targets.
std::string_view other_page(std::string_view target) {
  constexpr std::string_view suffix = ".md";
  const bool is_page =
      target.ends_with(suffix) && target.find_first_of("/:#") == std::string_view::npos;
  return is_page ? target.substr(0, target.size() - suffix.size()) : std::string_view();
}

// "[text](target)" at the front of the text; only targets within the page, on the web, and pages of
// other checks.
std::string link(std::string_view& text) {
  const auto middle = text.starts_with('[') ? text.find("](") : std::string_view::npos;
  const auto end = middle != std::string_view::npos ? text.find(')', middle) : middle;
  if (end == std::string_view::npos) {
    return {};
  }
  const auto label = inline_html(text.substr(1, middle - 1));
  const auto target = text.substr(middle + 2, end - middle - 2);
  text.remove_prefix(end + 1);
  const bool leads_somewhere = target.starts_with("https://") || target.starts_with('#');
  const std::string_view href = leads_somewhere ? target : other_page(target);
  return href.empty() ? label : "<a href=\"" + escaped(href) + "\">" + label + "</a>";
}

std::string inline_html(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::string piece = element(text, "`", "code");
    piece = piece.empty() ? element(text, "**", "b") : piece;
    piece = piece.empty() ? link(text) : piece;
    if (piece.empty()) {
      const auto next = std::min(text.find_first_of("`*[", 1), text.size());
      piece = escaped(text.substr(0, next), any_length);
      text.remove_prefix(next);
    }
    out += piece;
  }
  return out;
}

std::string table_row(std::string_view line, std::string_view cell) {
  std::string out = "<tr>";
  std::string text;
  bool is_code = false;
  line.remove_prefix(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool is_escape = line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|';
    if (is_escape) {
      text += line[++i];
    } else if (line[i] == '|' && !is_code) {
      const auto first = std::min(text.find_first_not_of(' '), text.size());
      const auto last = text.find_last_not_of(' ');
      out += "<" + std::string(cell) + ">" +
             inline_html(std::string_view(text).substr(first, last + 1 - first)) + "</" +
             std::string(cell) + ">";
      text.clear();
    } else {
      is_code = is_code != (line[i] == '`');
      text += line[i];
    }
  }
  return out + "</tr>\n";
}

// The lines of one block, each ended by its kind.
class Blocks {
 public:
  explicit Blocks(std::string_view markdown) : lines_(lines_of(markdown)) {}

  std::string html() {
    std::string out;
    while (at_ < lines_.size()) {
      out += next();
    }
    return out;
  }

 private:
  [[nodiscard]] std::string_view line() const {
    return at_ < lines_.size() ? lines_[at_] : std::string_view();
  }

  std::string next() {
    if (line().empty() || line().starts_with("# ")) {
      ++at_;
      return {};
    }
    if (line().starts_with("## ")) {
      return "<h3>" + inline_html(lines_[at_++].substr(3)) + "</h3>\n";
    }
    if (line().starts_with("```")) {
      return fenced();
    }
    if (line().starts_with("|")) {
      return table();
    }
    return line().starts_with("- ") ? list() : "<p>" + flowing() + "</p>\n";
  }

  std::string fenced() {
    std::string out = "<pre><code>";
    for (++at_; at_ < lines_.size() && !line().starts_with("```"); ++at_) {
      out += escaped(line(), any_length) + "\n";
    }
    ++at_;
    return out + "</code></pre>\n";
  }

  std::string table() {
    std::string out = "<table><thead>" + table_row(lines_[at_++], "th") + "</thead><tbody>\n";
    at_ += line().starts_with("|--") ? 1U : 0U;
    while (line().starts_with("|")) {
      out += table_row(lines_[at_++], "td");
    }
    return out + "</tbody></table>\n";
  }

  std::string list() {
    std::string out = "<ul>";
    while (line().starts_with("- ")) {
      lines_[at_].remove_prefix(2);
      out += "<li>" + flowing() + "</li>\n";
    }
    return out + "</ul>\n";
  }

  // Lines up to the next block, as one.
  std::string flowing() {
    std::string text(lines_[at_++]);
    const auto ends = [this] {
      return line().empty() || line().starts_with("- ") || line().starts_with("|") ||
             line().starts_with("```") || line().starts_with("## ");
    };
    for (; !ends(); ++at_) {
      text += " ";
      text += line().substr(std::min(line().find_first_not_of(' '), line().size()));
    }
    return inline_html(text);
  }

  Lines lines_;
  std::size_t at_ = 0;
};
}  // namespace

std::string html_of(std::string_view markdown) {
  return Blocks(markdown).html();
}
}  // namespace checklist::render
