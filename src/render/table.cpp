// SPDX-License-Identifier: MIT
#include "render/table.hpp"

#include <algorithm>
#include <set>
#include <sstream>

#include "render/finding_lines.hpp"
#include "render/label.hpp"
#include "render/status_cell.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
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
          std::max(column.width, result != nullptr ? width(status_cell(result->status()).text) : 0);
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
    const StatusCell cell = result != nullptr ? status_cell(result->status()) : StatusCell{"", ""};
    line.cell(cell.text, cell.ansi, column.width, colour);
  }
  return line.text();
}

std::string host_rows(const HostReport& host, std::size_t name_width, Colour colour) {
  std::string out = host.checks.empty() ? "" : painted("host", bold, colour) + "\n";
  for (const CheckResult& result : host.checks) {
    Line line("  " + printable(result.check), name_width);
    line.cell(status_cell(result.status()).text, status_cell(result.status()).ansi, 0, colour);
    out += line.text();
  }
  return out;
}

std::size_t widest_line(const std::string& text) {
  std::size_t out = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    out = std::max(out, width(line));
  }
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

std::string table(const Report& shown, const Report& whole, const Terminal& terminal) {
  const std::string units = matrix(shown, terminal.colour);
  const std::size_t needed = widest_line(units);
  const std::string what = findings(shown, terminal);
  std::string out = needed <= terminal.columns && !units.empty() ? units + "\n" : "";
  out += what + (what.empty() ? "" : "\n") + totals(whole) + "\n";
  return needed <= terminal.columns ? out
                                    : out + "The table of all units needs a terminal of " +
                                          std::to_string(needed) + " columns.\n";
}
}  // namespace checklist::render
