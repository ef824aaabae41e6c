// SPDX-License-Identifier: MIT
// checklistd-files OUTPUT SOURCE…: looks, as root, at the files that specs and the unit files of
// their units name and that the daemon cannot access, and at what the processes of these units
// hold, and writes facts about them to OUTPUT. Of the contents of files, it reads what programs
// need to be executed, and nothing of memory.
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "files_helper/closed_paths.hpp"
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
}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> given(arguments + 1, arguments + count);
  if (given.size() == 1 && (given.front() == "--help" || given.front() == "-h")) {
    (void)std::fputs(usage, stdout);
    return 0;
  }
  if (given.size() < 2) {
    (void)std::fputs(usage, stderr);
    return 2;
  }
  try {
    auto wanted = checklist::files::wanted({given.begin() + 1, given.end()});
    const auto needed =
        checklist::files::needed_paths(wanted.units, checklist::files::unit_search_path());
    wanted.patterns.insert(needed.files.begin(), needed.files.end());
    for (const std::string& note : wanted.notes) {
      (void)std::fprintf(stderr, "%s\n", note.c_str());
    }
    auto facts = checklist::files::look(wanted.patterns);
    checklist::files::look_at_closed(needed, facts);
    facts.cgroups =
        checklist::files::held_by(wanted.units, checklist::observe::unified_hierarchy());
    checklist::files::write(given.front(), checklist::parse::print_file_facts(facts));
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "checklistd-files: %s\n", error.what());
    return 1;
  }
  return 0;
}
