// SPDX-License-Identifier: MIT
// checklistctl explain: prints the page of a check, which is built in, or what the spec asks of a
// unit and the verdict.
#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "checklist/check.hpp"
#include "checklist/params/error.hpp"

#include "ctl/explanation.hpp"
#include "ctl/link/daemon_report.hpp"
#include "ctl/locations.hpp"
#include "ctl/output.hpp"
#include "ctl/terminal/markdown.hpp"
#include "ctl/terminal/terminal.hpp"
#include "ctl/units.hpp"
#include "render/check_pages.hpp"
#include "render/label.hpp"
#include "semantics/unit/spec_name.hpp"

namespace checklist::ctl {
namespace {
struct Options : LocationOptions {
  std::string unit;  // the only argument may be a check
  std::string check;
  std::string socket;
};

void list_checks() {
  const auto line = [](std::string_view name, std::string_view summary) {
    std::cout << "  " << name << std::string(name.size() < 24 ? 24 - name.size() : 1, ' ')
              << summary << "\n";
  };
  std::cout << "Checks of a unit:\n";
  std::ranges::for_each(all_checks(),
                        [&](const auto& each) { line(each.name, each.def->summary); });
  std::cout << "Checks of the host:\n";
  std::ranges::for_each(all_host_checks(),
                        [&](const auto& each) { line(each.name, each.def->summary); });
}

struct Summary {
  std::string_view name;
  std::string_view text;
};

std::vector<Summary> summaries() {
  std::vector<Summary> out;
  const auto append = [&out](const auto& each) { out.push_back({each.name, each.def->summary}); };
  std::ranges::for_each(all_checks(), append);
  std::ranges::for_each(all_host_checks(), append);
  return out;
}

void print_page(const Summary& check) {
  const auto pages = render::check_pages();
  const auto page = std::ranges::find(pages, check.name, &render::CheckPage::name);
  if (page == pages.end()) {
    std::cout << check.name << ": " << check.text << "\n";
  } else {
    std::cout << terminal_text(page->text, terminal().colour);
  }
}

// A spec and its name among UNIT arguments.
struct NamedSpec {
  std::string name;
  const Spec* spec;
};

std::vector<NamedSpec> specs_of(const config::Configuration& configuration) {
  std::vector<NamedSpec> out;
  for (const config::Service& service : configuration.services) {
    out.push_back({service.spec.unit, &service.spec});
  }
  for (const Spec& spec : configuration.of_users) {
    out.push_back({semantics::spec_name(spec), &spec});
  }
  return out;
}

std::string not_found(const Options& options, const Selection& selection) {
  const std::string word = "'" + render::printable(options.unit) + "'";
  if (selection.errors.empty()) {
    return word + " matches more than one unit";
  }
  if (!options.check.empty()) {
    return selection.errors.front();
  }
  std::vector<std::string_view> names;
  std::ranges::transform(summaries(), std::back_inserter(names), &Summary::name);
  return "no check " + word + ": " + suggestion(options.unit, names) + "; and " +
         selection.errors.front();
}

// Returns nothing after an error, which has been printed.
std::optional<NamedSpec> find_spec(const Options& options, const std::vector<NamedSpec>& specs) {
  std::vector<std::string> names;
  std::ranges::transform(specs, std::back_inserter(names), &NamedSpec::name);
  const Selection selection = select_units({options.unit}, names);
  if (selection.units.size() != 1) {
    refuse(not_found(options, selection));
    return std::nullopt;
  }
  return *std::ranges::find(specs, selection.units.front(), &NamedSpec::name);
}

Exit print_unit(const Options& options) {
  const config::Loaded loaded = config::load(locations(options));
  for (const config::Problem& problem : loaded.problems) {
    std::cerr << config::text(problem) << "\n";
  }
  const auto specs = specs_of(loaded.configuration);
  const auto found = loaded.problems.empty() ? find_spec(options, specs) : std::nullopt;
  if (!found) {
    return Exit::usage;
  }
  const auto check = std::ranges::find(all_checks(), options.check, &Named<CheckDef>::name);
  if (!options.check.empty() && check == all_checks().end()) {
    std::vector<std::string_view> names;
    std::ranges::transform(all_checks(), std::back_inserter(names), &Named<CheckDef>::name);
    return refuse("no check of units '" + render::printable(options.check) +
                  "': " + suggestion(options.check, names));
  }
  const DaemonOptions daemon{.socket = options.socket, .user = options.user};
  const render::ParsedReport report = daemon_report(daemon);
  if (!report.mistake.empty()) {
    std::cerr << "checklistctl: warning: " << unreachable(daemon, report.mistake) << "\n";
  }
  const auto row = std::ranges::find_if(
      report.services, [&, manager = own_manager(options.user)](const auto& each) {
        return semantics::row_spec_name(*each, manager) == found->name;
      });
  const ExplainedUnit unit{.spec = *found->spec,
                           .row = row == report.services.end() ? nullptr : row->get()};
  std::cout << (options.check.empty() ? overview(unit, terminal())
                                      : explanation(unit, *check, terminal()));
  return Exit::pass;
}

Exit run(const Options& options) {
  if (options.unit.empty()) {
    list_checks();
    return Exit::pass;
  }
  const auto all = summaries();
  const auto check = std::ranges::find(all, options.unit, &Summary::name);
  if (options.check.empty() && check != all.end()) {
    print_page(*check);
    return Exit::pass;
  }
  return print_unit(options);
}
}  // namespace

void add_explain(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("explain", "Explain a check: what it requires, why it fails, what to do");
  auto options = std::make_shared<Options>();
  command->add_option("UNIT", options->unit, "Unit with a spec: its checks and their parameters");
  command->add_option("CHECK", options->check, "Check, also without UNIT (default: list all)");
  add_location_options(*command, *options);
  command->add_option("--socket", options->socket, "Socket of checklistd")->type_name("PATH");
  command->footer(
      "Examples:\n"
      "  checklistctl explain port_bindings\n"
      "  checklistctl explain llamacpp\n"
      "  checklistctl explain llamacpp port_bindings");
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
