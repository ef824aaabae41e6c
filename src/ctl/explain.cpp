// SPDX-License-Identifier: MIT
// checklistctl explain: prints the page of a check, which is built in.
#include <algorithm>
#include <iostream>

#include <CLI/CLI.hpp>

#include "checklist/check.hpp"
#include "checklist/params/error.hpp"

#include "ctl/command.hpp"
#include "ctl/terminal/markdown.hpp"
#include "ctl/terminal/terminal.hpp"
#include "render/check_pages.hpp"

namespace checklist::ctl {
namespace {
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

template <class Table>
void append(const Table& table, std::vector<std::string_view>& names,
            std::vector<std::string_view>& summaries) {
  for (const auto& each : table) {
    names.push_back(each.name);
    summaries.push_back(each.def->summary);
  }
}

Exit run(const std::string& check) {
  if (check.empty()) {
    list_checks();
    return Exit::pass;
  }
  std::vector<std::string_view> names;
  std::vector<std::string_view> summaries;
  append(all_checks(), names, summaries);
  append(all_host_checks(), names, summaries);
  const auto name = std::ranges::find(names, check);
  if (name == names.end()) {
    std::cerr << "checklistctl: no check '" << check << "': " << suggestion(check, names) << "\n";
    return Exit::usage;
  }
  const auto pages = render::check_pages();
  const auto page = std::ranges::find(pages, check, &render::CheckPage::name);
  if (page == pages.end()) {
    std::cout << check << ": " << summaries[static_cast<std::size_t>(name - names.begin())] << "\n";
  } else {
    std::cout << terminal_text(page->text, terminal().colour);
  }
  return Exit::pass;
}
}  // namespace

void add_explain(CLI::App& app, Exit& exit) {
  auto* command =
      app.add_subcommand("explain", "Explain a check: what it requires, why it fails, what to do");
  auto check = std::make_shared<std::string>();
  command->add_option("CHECK", *check, "Name of the check (default: list all)");
  command->footer("Example:\n  checklistctl explain port_bindings");
  command->callback([check, &exit] { exit = run(*check); });
}
}  // namespace checklist::ctl
