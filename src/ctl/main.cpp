// SPDX-License-Identifier: MIT
// checklistctl: the command line of checklistd.
#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "checklist/params/error.hpp"

#include "ctl/command.hpp"
#include "ctl/complete.hpp"
#include "generated/version.hpp"

namespace checklist::ctl {
namespace {
// Hidden commands are in no group.
bool is_shown(const CLI::App* command) {
  return !command->get_group().empty();
}

// CLI11 reports an unknown command only as a missing one. The options before the command are flags.
bool is_unknown_command(const CLI::App& app, int argc, char** argv) {
  char** const word =
      std::find_if(argv + std::min(argc, 1), argv + argc, [](const char* w) { return *w != '-'; });
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(is_shown)) {
    names.push_back(command->get_name());
  }
  if (word == argv + argc || std::ranges::find(names, *word) != names.end()) {
    return false;
  }
  std::cerr << "checklistctl: no command '" << *word
            << "': " << suggestion(*word, {names.begin(), names.end()}) << "\n";
  return true;
}

int run(int argc, char** argv) {
  CLI::App app{
      "Checks systemd units against their specs.\n"
      "Exit status: 0 all checks pass, 1 a check fails, 2 a check is unknown, 3 usage or "
      "configuration error, 4 no connection to checklistd."};
  app.set_version_flag("--version", "checklistctl " CHECKLIST_VERSION);
  app.require_subcommand(1);
  Exit exit = Exit::pass;
  add_status(app, exit);
  add_check(app, exit);
  add_add(app, exit);
  add_capture(app, exit);
  add_watch(app, exit);
  add_logs(app, exit);
  add_diff(app, exit);
  add_exercise(app, exit);
  add_explain(app, exit);
  add_ack(app, exit);
  add_forget(app, exit);
  add_gate(app, exit);
  add_schema(app, exit);
  add_verify_config(app, exit);
  app.add_subcommand("complete", "Complete a command line, for shells")->group("");  // hidden
  if (argc > 1 && std::string_view(argv[1]) == "complete") {  // its words must not be parsed
    for (const std::string& word : completions(app, {argv + 2, argv + argc})) {
      std::cout << word << "\n";
    }
    return static_cast<int>(Exit::pass);
  }
  if (is_unknown_command(app, argc, argv)) {
    return static_cast<int>(Exit::usage);
  }
  try {
    argc > 1 ? app.parse(argc, argv) : app.parse(std::vector<std::string>{"status"});
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::usage);
  }
  return static_cast<int>(exit);
}
}  // namespace
}  // namespace checklist::ctl

int main(int argc, char** argv) {
  try {
    return checklist::ctl::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "checklistctl: " << error.what() << "\n";
    return static_cast<int>(checklist::ctl::Exit::unreachable);
  }
}
