// SPDX-License-Identifier: MIT
// checklistctl diff: compares two full captures, or one with the host.
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "capture/difference_text.hpp"
#include "config/json_file.hpp"
#include "ctl/capture/capture_units.hpp"
#include "ctl/capture/spec_files.hpp"
#include "ctl/command.hpp"

namespace checklist::ctl {
namespace {
struct Options : CaptureOptions {
  std::string before;
  std::string after;
  std::string format = "text";
};

// Returns the units of a file that `capture --full` wrote; prints why there are none.
std::optional<Dict> units_of(const std::string& path) {
  std::vector<config::Problem> problems;
  const config::JsonFile file(path, problems);
  const Dict* whole = file.object();
  const auto at = whole != nullptr ? whole->find("units") : Dict::const_iterator();
  const auto* units = whole != nullptr && at != whole->end() ? at->second.get<Dict>() : nullptr;
  if (problems.empty() && units == nullptr) {
    problems.push_back(
        {path, 0, 0, "", "expected a file that `checklistctl capture --full` wrote"});
  }
  for (const config::Problem& problem : problems) {
    std::cerr << "checklistctl: " << config::text(problem) << "\n";
  }
  return problems.empty() ? std::optional(*units) : std::nullopt;
}

// Returns the units of the host now: those that `before` has, and those that appeared.
std::optional<Dict> units_now(const Dict& before, CaptureOptions options) {
  options.full = true;
  options.all = true;
  for (const auto& [unit, fields] : before) {
    options.units.push_back(unit);
  }
  Captures captures = capture_units(options);
  captures.missing.clear();  // vanished
  return refuse(captures) == Exit::pass ? std::optional(std::move(captures.full)) : std::nullopt;
}

Exit run(const Options& options) {
  if (const Exit refused = refuse_user(options); refused != Exit::pass) {
    return refused;
  }
  const auto before = units_of(options.before);
  if (!before) {
    return Exit::usage;
  }
  const auto after = options.after.empty() ? units_now(*before, options) : units_of(options.after);
  if (!after) {
    return options.after.empty() ? Exit::unknown : Exit::usage;
  }
  const auto found = capture::difference(*before, *after);
  const auto format = options.format == "json"       ? capture::DifferenceFormat::json
                      : options.format == "markdown" ? capture::DifferenceFormat::markdown
                                                     : capture::DifferenceFormat::text;
  std::cout << capture::print(found, format);
  return found.empty() ? Exit::pass : Exit::fail;
}
}  // namespace

void add_diff(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand(
      "diff",
      "Compare two files of `capture --full`, or one with the host; exit with 1 if they differ");
  auto options = std::make_shared<Options>();
  command->add_option("before", options->before, "File of `capture --full`")->required();
  command->add_option("after", options->after, "Another one (default: the host as it is now)");
  command->add_option("--format", options->format, "Output format: text, json or markdown")
      ->check(CLI::IsMember({"text", "json", "markdown"}))
      ->capture_default_str();
  add_user_option(*command, *options);
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
