// SPDX-License-Identifier: MIT
#include "render/table.hpp"

#include <algorithm>
#include <set>
#include <sstream>

#include "render/label.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
constexpr std::string_view bold = "\033[1m";

struct Cell {
  std::string_view cell;
  std::string_view ansi;
};

Cell cell_of(Status status) {
  switch (status) {
    case Status::pass:
      return {"✓ pass", "\033[32m"};
    case Status::fail:
      return {"✗ FAIL", "\033[1;31m"};
    case Status::unknown:
      return {"? unknown", "\033[33m"};
    case Status::skip:
      break;
  }
  return {"– skip", "\033[2m"};
}

std::string painted(std::string_view text, std::string_view ansi, Colour colour) {
  return colour == Colour::ansi && !text.empty() ? std::string(ansi) + std::string(text) + "\033[0m"
                                                 : std::string(text);
}

// Returns the columns that the text occupies on a terminal. Aligned columns hold only ASCII (names
// of units and checks) and the symbols above, each one column wide, so the number of code points is
// exact.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padding(std::string_view text, std::size_t to) {
  std::string out;
  out.resize(to - std::min(to, width(text)), ' ');
  return out;
}

// The column of a check; its heading has one word per line, "port" above "bindings".
struct Column {
  std::string check;
  std::vector<std::string> words;
  std::size_t width = 0;
};

std::vector<std::string> words_of(const std::string& check) {
  std::vector<std::string> out;
  std::istringstream rest(check);
  for (std::string word; std::getline(rest, word, '_');) {
    out.push_back(printable(word));
  }
  return out;
}

const CheckResult* result_of(const ServiceReport& service, const std::string& check) {
  const auto at = std::ranges::find(service.checks, check, &CheckResult::check);
  return at == service.checks.end() ? nullptr : &*at;
}

std::vector<Column> columns_of(const Report& report) {
  std::set<std::string> checks;
  for (const auto& service : report.services) {
    std::ranges::transform(service->checks, std::inserter(checks, checks.end()),
                           &CheckResult::check);
  }
  std::vector<Column> out;
  for (const std::string& check : checks) {
    Column column{.check = check, .words = words_of(check), .width = 0};
    for (const std::string& word : column.words) {
      column.width = std::max(column.width, width(word));
    }
    for (const auto& service : report.services) {
      const CheckResult* result = result_of(*service, check);
      column.width =
          std::max(column.width, result != nullptr ? width(cell_of(result->status()).cell) : 0);
    }
    out.push_back(std::move(column));
  }
  return out;
}

// A row of a name and cells, without trailing blanks.
class Line {
 public:
  Line(std::string name, std::size_t name_width) : text_(std::move(name)) {
    gap_ = padding(text_, name_width);
  }

  void cell(std::string_view text, std::string_view ansi, std::size_t to, Colour colour) {
    gap_ += "  ";
    if (!text.empty()) {
      text_ += gap_ + painted(text, ansi, colour);
      gap_.clear();
    }
    gap_ += padding(text, to);
  }

  [[nodiscard]] std::string text() const { return text_ + "\n"; }

 private:
  std::string text_;
  std::string gap_;
};

std::string header(const std::vector<Column>& columns, std::size_t name_width) {
  std::size_t height = 0;
  for (const Column& column : columns) {
    height = std::max(height, column.words.size());
  }
  std::string out;
  for (std::size_t row = 0; row < height; ++row) {
    Line line("", name_width);
    for (const Column& column : columns) {
      const std::size_t above = height - column.words.size();
      line.cell(row < above ? "" : column.words[row - above], "", column.width, Colour::plain);
    }
    out += line.text();
  }
  return out;
}

std::string name_of(const ServiceReport& service) {
  return "  " + printable(shown_name(service));
}

std::string row(const ServiceReport& service, const std::vector<Column>& columns,
                std::size_t name_width, Colour colour) {
  Line line(name_of(service), name_width);
  for (const Column& column : columns) {
    const CheckResult* result = result_of(service, column.check);
    const Cell cell = result != nullptr ? cell_of(result->status()) : Cell{"", ""};
    line.cell(cell.cell, cell.ansi, column.width, colour);
  }
  return line.text();
}

std::string host_rows(const HostReport& host, std::size_t name_width, Colour colour) {
  std::string out = host.checks.empty() ? "" : painted("host", bold, colour) + "\n";
  for (const CheckResult& result : host.checks) {
    Line line("  " + printable(result.check), name_width);
    line.cell(cell_of(result.status()).cell, cell_of(result.status()).ansi, 0, colour);
    out += line.text();
  }
  return out;
}

std::string finding_text(const std::string& unit, const CheckResult& result, const Finding& finding,
                         Colour colour) {
  const Cell cell = cell_of(finding.status);
  std::string out = painted(cell.cell, cell.ansi, colour) + "  " +
                    painted(printable(unit), bold, colour) + "  " + printable(result.check) + "  " +
                    printable(finding.subject) + " (" + printable(finding.reason) + ")\n";
  const auto line = [&out](const char* name, const std::string& text) {
    out += text.empty() ? "" : std::string("    ") + name + "  " + printable(text) + "\n";
  };
  line("expected", finding.expected);
  line("observed", finding.observed);
  line("details ", finding.details);
  line("hint    ", finding.hint);
  line("known   ", result.acknowledged ? known_text(*result.acknowledged) : "");
  return out;
}
}  // namespace

std::string matrix(const Report& report, Colour colour) {
  const std::vector<Column> columns = columns_of(report);
  std::size_t name_width = 0;
  for (const auto& service : report.services) {
    name_width = std::max(name_width, width(name_of(*service)));
  }
  for (const CheckResult& result : report.host ? report.host->checks : std::vector<CheckResult>{}) {
    name_width = std::max(name_width, width(result.check) + 2);
  }
  std::string out = header(columns, name_width);
  std::set<std::string> groups;
  for (const auto& service : report.services) {
    if (!groups.insert(service->group).second) {
      continue;
    }
    out += painted(printable(service->group), bold, colour) + "\n";
    for (const auto& each : report.services) {
      out += each->group == service->group ? row(*each, columns, name_width, colour) : "";
    }
  }
  return out + (report.host ? host_rows(*report.host, name_width, colour) : "");
}

std::string findings(const Report& report, Colour colour) {
  std::string out;
  for (const Status status : {Status::fail, Status::unknown}) {
    each_check(report, [&](const std::string& unit, const CheckResult& result) {
      for (const Finding& finding : result.findings) {
        out += finding.status == status ? finding_text(unit, result, finding, colour) : "";
      }
    });
  }
  return out;
}
}  // namespace checklist::render
