// SPDX-License-Identifier: MIT
#include "render/watch_lines.hpp"

#include <algorithm>

#include "render/label.hpp"
#include "render/moment.hpp"
#include "render/status_cell.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
// Returns the text's first line; the rest is left out.
std::string cut(const std::string& text, std::size_t columns) {
  return wrapped(text, columns, 0).front();
}

// Appends the blocks that fit into `rows`, or else those that leave a row for the number of the
// rest, of which the first lines are appended as far as they fit. Returns that number.
std::size_t add_blocks(Lines& out, const std::vector<Lines>& blocks, std::size_t rows) {
  std::size_t needed = 0;
  for (const Lines& block : blocks) {
    needed += block.size();
  }
  const bool all_fit = out.size() + needed <= rows;
  const std::size_t last_row = rows - (all_fit || rows == 0 ? 0 : 1);
  std::size_t added = 0;
  for (const Lines& block : blocks) {
    if (out.size() + block.size() > last_row) {
      break;
    }
    out.insert(out.end(), block.begin(), block.end());
    ++added;
  }
  for (std::size_t i = added; i < blocks.size() && out.size() < last_row; ++i) {
    out.push_back(blocks[i].front());
  }
  return blocks.size() - added;
}

void add_changes(Lines& out, const Report& report, const Terminal& terminal, std::size_t rows) {
  constexpr std::size_t heading = 2;
  if (!report.changes || report.changes->empty() || out.size() + heading >= rows) {
    return;
  }
  out.emplace_back();
  out.push_back(painted("Last changes", bold, terminal.colour));
  for (const Change& change : *report.changes) {
    if (out.size() == rows) {
      return;
    }
    out.push_back(cut(change_line(change), terminal.columns));
  }
}
}  // namespace

std::string change_line(const Change& change) {
  const std::string unit = change.unit.empty()          ? "host"
                           : change.manager == "system" ? change.unit
                                                        : change.unit + " (" + change.manager + ")";
  return moment(change.at) + "  " + printable(unit) + "  " + printable(change.check) + "  " +
         std::string(text(change.from)) + " → " + std::string(text(change.to)) +
         (change.to > Status::pass ? "  " + printable(change.observed) : "");
}

Lines watch_lines(const Report& report, const std::string& note, const Terminal& terminal,
                  std::size_t rows) {
  Lines out;
  out.push_back(cut(totals(report) + "  (q quits)", terminal.columns));
  if (!note.empty()) {
    out.push_back(painted(cut(printable(note), terminal.columns), bold, terminal.colour));
  }
  const std::vector<Lines> blocks = finding_lines(report, terminal);
  if (!blocks.empty()) {
    out.emplace_back();
  }
  const std::size_t omitted = add_blocks(out, blocks, rows);
  if (omitted > 0) {
    out.push_back(cut("… " + std::to_string(omitted) + " more in full: checklistctl status",
                      terminal.columns));
  } else {
    add_changes(out, report, terminal, rows);
  }
  out.resize(std::min(out.size(), rows));
  return out;
}
}  // namespace checklist::render
