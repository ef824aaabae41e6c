// SPDX-License-Identifier: MIT
#include "ctl/command.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include <pwd.h>
#include <unistd.h>

#include "checklist/params/error.hpp"
#include "checklist/params/schema.hpp"

#include "render/label.hpp"
#include "render/report_json.hpp"

namespace checklist::ctl {
namespace {
bool passes(const CheckResult& result) {
  return result.status() <= Status::pass;
}

Report not_passing(Report report) {
  std::erase_if(report.services,
                [](const auto& service) { return std::ranges::all_of(service->checks, passes); });
  return report;
}
}  // namespace

render::Colour colour_of_terminal() {
  const char* no_color = std::getenv("NO_COLOR");
  const bool refused = no_color != nullptr && *no_color != '\0';
  return isatty(STDOUT_FILENO) == 1 && !refused ? render::Colour::ansi : render::Colour::plain;
}

Exit exit_for(const Report& report) {
  const Status status = render::worst(report);
  return status == Status::fail      ? Exit::fail
         : status == Status::unknown ? Exit::unknown
                                     : Exit::pass;
}

void print(const Report& report, Format format, Rows rows) {
  const Report shown = rows == Rows::all ? report : not_passing(report);
  if (format == Format::json) {
    std::cout << render::report_json(shown, render::Audience::journal_readers) << "\n";
    return;
  }
  const render::Colour colour = colour_of_terminal();
  const std::string matrix = render::matrix(shown, colour);
  const std::string findings = render::findings(shown, colour);
  std::cout << matrix << (matrix.empty() ? "" : "\n") << findings << (findings.empty() ? "" : "\n")
            << render::totals(report) << "\n";
}

bool all_known(std::vector<std::string>& units, const std::vector<std::string_view>& known) {
  bool out = true;
  for (std::string& unit : units) {
    unit += unit.find('.') == std::string::npos ? ".service" : "";
    if (std::ranges::find(known, unit) == known.end()) {
      std::cerr << "checklistctl: no spec for '" << render::printable(unit) << "'"
                << (known.empty() ? ": there are no specs" : ": " + suggestion(unit, known))
                << "\n";
      out = false;
    }
  }
  return out;
}

void keep(Report& report, const std::vector<std::string>& units) {
  if (units.empty()) {
    return;
  }
  std::erase_if(report.services, [&units](const auto& service) {
    return std::ranges::find(units, service->unit) == units.end();
  });
  report.host.reset();
}

std::string own_manager(bool user) {
  const passwd* me = user ? getpwuid(getuid()) : nullptr;
  return me != nullptr ? std::string("user:") + me->pw_name : "system";
}
}  // namespace checklist::ctl
