// SPDX-License-Identifier: MIT
// checklistd-files OUTPUT SOURCE…: looks, as root, at the files that specs and the unit files of
// their units name and that the daemon cannot access, and at what the processes of these units
// hold, and writes facts about them to OUTPUT. Of the contents of files, it reads what programs
// need to be executed, and nothing of memory.
#include <cstdio>
#include <string>

#include "files_helper/closed_paths.hpp"
#include "files_helper/command_line.hpp"
#include "files_helper/facts.hpp"
#include "files_helper/needed_paths.hpp"
#include "files_helper/wanted.hpp"
#include "observe/proc/cgroup_paths.hpp"

namespace {
constexpr const char* usage =
    "Usage: checklistd-files OUTPUT SOURCE...\n"
    "Writes facts about the files that specs and the unit files of their units name and that only\n"
    "root can reach, and about what the processes of these units hold, to OUTPUT. Each SOURCE is "
    "a\n"
    "directory of specs or the file "
    "checklistd.json; missing ones are skipped.\n"
    "Exit status: 0 if OUTPUT is written, 1 if it cannot be, 2 on a usage error.\n";

int run(const checklist::files::CommandLine& given) {
  auto wanted = checklist::files::wanted(given.sources);
  const auto needed =
      checklist::files::needed_paths(wanted.units, checklist::files::unit_search_path());
  wanted.patterns.insert(needed.files.begin(), needed.files.end());
  for (const std::string& note : wanted.notes) {
    (void)std::fprintf(stderr, "%s\n", note.c_str());
  }
  auto facts = checklist::files::look(wanted.patterns);
  checklist::files::look_at_closed(needed, facts);
  facts.cgroups = checklist::files::held_by(wanted.units, checklist::observe::unified_hierarchy());
  checklist::files::write(given.output, checklist::parse::print_file_facts(facts));
  return 0;
}
}  // namespace

int main(int count, char** arguments) {
  return checklist::files::run_helper(count, arguments, "checklistd-files", usage, run);
}
