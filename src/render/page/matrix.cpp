// SPDX-License-Identifier: MIT
// Cells have no end tags, which HTML allows: a thousand units have ten thousand.
#include "render/page/matrix.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <vector>

#include "render/page/findings.hpp"
#include "render/page/html.hpp"
#include "render/page/subjects.hpp"
#include "render/page/verdict.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
constexpr std::size_t few_units = 50;  // that are shown without folds
constexpr std::size_t few_rows = 10;   // likewise, of those that pass in a group

struct Row {
  const ServiceReport* service;
  Status worst;
};

struct Group {
  std::string name;
  std::vector<Row> rows;  // the worst first
};

using Checks = std::vector<std::string>;

// Returns the names of all checks: first those of what people notice, then by name.
Checks columns(const Report& report) {
  constexpr std::array first{"service_state", "health_probe", "port_bindings"};
  std::set<std::string> names;
  for (const auto& service : report.services) {
    std::ranges::transform(service->checks, std::inserter(names, names.end()), &CheckResult::check);
  }
  Checks out(names.begin(), names.end());
  std::ranges::stable_sort(out, {},
                           [&](const std::string& name) { return std::ranges::find(first, name); });
  return out;
}

// Returns the groups by name, those with what does not pass first.
std::vector<Group> groups_of(const Report& report) {
  std::map<std::string, std::vector<Row>> by_name;
  for (const auto& service : report.services) {
    by_name[service->group].push_back({service.get(), worst(service->checks)});
  }
  std::vector<Group> out;
  for (auto& [name, rows] : by_name) {
    std::ranges::stable_sort(rows, std::greater{}, &Row::worst);
    out.push_back({name, std::move(rows)});
  }
  std::ranges::stable_sort(out, std::greater{}, [](const Group& group) {
    return std::max(group.rows.front().worst, Status::pass);
  });
  return out;
}

// Only what does not pass has a link; a unit's page has the rest.
std::string cell(const ServiceReport& service, const CheckResult& result) {
  const Status status = result.status();
  const std::string word(text(status));
  const std::string mark(symbol(status));
  if (status <= Status::pass) {
    return "<td class=" + word + ">" + mark;
  }
  const std::string label = escaped(service.unit + " " + result.check + ": " + word);
  return "<td class=" + word + "><a href=\"" + unit_href(service) + "#" + escaped(result.check) +
         "\" data-check=\"" + escaped(result.check) + "\" aria-label=\"" + label + "\" title=\"" +
         label + "\">" + mark + "</a>";
}

std::string row_html(const Row& row, const Checks& checks) {
  const ServiceReport& service = *row.service;
  std::string out =
      "<tr" + filter_attributes(&service, row.worst) +
      "><th scope=row><span class=" + std::string(text(row.worst)) + " aria-hidden=true>" +
      std::string(symbol(row.worst)) + "</span> <a href=\"" + unit_href(service) + "\">" +
      escaped(service.unit) + "</a>" +
      (service.manager == "system" ? "" : " <small>" + escaped(service.manager) + "</small>");
  for (const std::string& check : checks) {
    const auto at = std::ranges::find(service.checks, check, &CheckResult::check);
    out += at == service.checks.end() ? "<td>" : cell(service, *at);
  }
  return out + "\n";
}

// Its head is shown to screen readers alone: the page shows that of the whole matrix.
std::string table_html(const std::string& group, std::span<const Row> rows, const Checks& checks) {
  std::string out = "<table aria-label=\"" + escaped(group) + "\"><thead><tr><th scope=col>unit";
  for (const std::string& check : checks) {
    out += "<th scope=col>" + escaped(check);
  }
  out += "</thead><tbody>\n";
  for (const Row& row : rows) {
    out += row_html(row, checks);
  }
  return out + "</table>\n";
}

// "3 units  ✗ 1 fails  ? 1 unknown"
std::string counts_html(std::span<const Row> rows) {
  const auto count = [rows](Status status) {
    return static_cast<std::size_t>(std::ranges::count(rows, status, &Row::worst));
  };
  std::string out = "<small>" + counted(rows.size(), "unit", "units") + "</small>";
  for (const Status status : {Status::fail, Status::unknown}) {
    if (const std::size_t units = count(status)) {
      out += " <span class=" + std::string(text(status)) + ">" + std::string(symbol(status)) + " " +
             std::to_string(units) + " " +
             (status == Status::unknown ? "unknown"
              : units == 1              ? "fails"
                                        : "fail") +
             "</span>";
    }
  }
  return out;
}

std::string fold(const std::string& name, bool is_open, const std::string& summary,
                 const std::string& content) {
  return "<details data-fold=\"" + escaped(name) + "\"" + (is_open ? " open" : "") + "><summary>" +
         summary + "</summary>\n" + content + "</details>\n";
}

std::string group_html(const Group& group, const Checks& checks, bool is_large) {
  const std::span<const Row> rows = group.rows;
  const auto passing = std::ranges::find_if(
      rows, [](Status status) { return status <= Status::pass; }, &Row::worst);
  const auto bad = rows.first(static_cast<std::size_t>(passing - rows.begin()));
  const auto good = rows.subspan(bad.size());
  const bool is_split = is_large && !bad.empty() && good.size() > few_rows;
  const std::string name = escaped(group.name);
  return fold(group.name, !is_large || !bad.empty(), "<b>" + name + "</b> " + counts_html(rows),
              is_split ? table_html(group.name, bad, checks) +
                             fold(group.name + "/pass", false,
                                  counted(good.size(), "unit passes", "units pass"),
                                  table_html(group.name, good, checks))
                       : table_html(group.name, rows, checks));
}

std::string head_html(const Checks& checks) {
  std::string out = "<nav aria-label=\"what each check requires\">";
  for (const std::string& check : checks) {
    const std::string link = page_link(check, check, "");
    out += link.empty() ? "<span>" + escaped(check) + "</span>" : link;
  }
  return out + "</nav>\n";
}
}  // namespace

std::string matrix_html(const Report& report) {
  const Checks checks = columns(report);
  std::string out = "<h2>All checks</h2>\n<div class=\"wrap matrix\"><div>" + head_html(checks);
  for (const Group& group : groups_of(report)) {
    out += group_html(group, checks, report.services.size() > few_units);
  }
  return out + "</div></div>\n";
}
}  // namespace checklist::render
