// SPDX-License-Identifier: MIT
#include "ctl/output.hpp"

#include <algorithm>
#include <iostream>

#include <CLI/CLI.hpp>

#include "ctl/terminal/terminal.hpp"
#include "render/formats/junit.hpp"
#include "render/formats/markdown.hpp"
#include "render/formats/nagios.hpp"
#include "render/formats/tap.hpp"
#include "render/report_json.hpp"
#include "render/summary.hpp"
#include "render/table.hpp"

namespace checklist::ctl {
namespace {
bool passes(const CheckResult& result) {
  return result.status() <= Status::pass;
}

Report only_not_passing(Report report) {
  std::erase_if(report.services,
                [](const auto& service) { return std::ranges::all_of(service->checks, passes); });
  return report;
}

// Counts are those of `report`, of which `shown` is a part.
std::string text_of(const Report& shown, const Report& report, Format format) {
  switch (format) {
    case Format::table:
      break;
    case Format::json:
      return render::report_json(shown, render::Audience::journal_readers) + "\n";
    case Format::junit:
      return render::junit(shown);
    case Format::tap:
      return render::tap(shown);
    case Format::markdown:
      return render::markdown(shown);
    case Format::nagios:
      return render::nagios(report);
  }
  return render::table(shown, report, terminal());
}
}  // namespace

void add_format(CLI::App& command, Format& format) {
  std::vector<std::string> words;
  std::ranges::transform(names<Format>, std::back_inserter(words),
                         [](const auto& each) { return std::string(each.second); });
  command
      .add_option_function<std::string>(
          "--format", [&format](const std::string& word) { format = *from_text<Format>(word); },
          "Output format (default: table)")
      ->type_name("FORMAT")
      ->check(CLI::IsMember(words));
}

void print(const Report& report, Format format, Rows rows) {
  std::cout << text_of(rows == Rows::all ? report : only_not_passing(report), report, format);
}

Exit exit_for(const Report& report, Format format) {
  if (format == Format::nagios) {
    return static_cast<Exit>(render::plugin_state(report));
  }
  const Status status = render::worst(report);
  return status == Status::fail      ? Exit::fail
         : status == Status::unknown ? Exit::unknown
                                     : Exit::pass;
}

Exit refuse(Format format, const std::vector<std::string>& errors, Exit exit) {
  for (const std::string& error : errors) {
    std::cerr << "checklistctl: " << error << "\n";
  }
  const std::string first =
      errors.empty() ? "invalid configuration, see `checklistctl verify-config`" : errors.front();
  if (format == Format::tap) {
    std::cout << render::tap_bail_out(first);
  }
  if (format == Format::nagios) {
    std::cout << render::nagios_unknown(first);
    return static_cast<Exit>(render::PluginState::unknown);
  }
  return exit;
}

Exit refuse(const std::string& why) {
  return refuse(Format::table, {why}, Exit::usage);
}
}  // namespace checklist::ctl
