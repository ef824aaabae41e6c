// SPDX-License-Identifier: MIT
// checklistd-files OUTPUT SOURCE…: looks, as root, at the files that specs name and that the daemon
// cannot access, and writes facts about them to OUTPUT. Does not read their contents.
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "files_helper/facts.hpp"
#include "files_helper/wanted.hpp"

int main(int count, char** arguments) {
  const std::vector<std::string> given(arguments + 1, arguments + count);
  if (given.size() < 2) {
    (void)std::fputs("usage: checklistd-files OUTPUT SOURCE...\n", stderr);
    return 2;
  }
  try {
    const auto wanted = checklist::files::wanted({given.begin() + 1, given.end()});
    for (const std::string& note : wanted.notes) {
      (void)std::fprintf(stderr, "%s\n", note.c_str());
    }
    checklist::files::write(given.front(), checklist::files::look(wanted.patterns));
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "checklistd-files: %s\n", error.what());
    return 1;
  }
  return 0;
}
