// SPDX-License-Identifier: MIT
// Observes what programs need to be executed: the interpreter and the shared libraries that they
// name. Libraries are in directories that no event is about, so each program is reread every 15
// seconds. If the daemon may not read one, the facts that checklistd-files.service wrote are used
// instead.
#pragma once
#include <set>
#include <string>

#include "checklist/facts/files.hpp"

#include "observe/files/library_search.hpp"
#include "observe/files/program_file.hpp"
#include "observe/observer.hpp"
#include "observe/proc/periodic_poll.hpp"
#include "observe/root/root_facts.hpp"

namespace checklist::observe {
// Reads the program at a path; follows symbolic links. A missing one is unseen with reason "gone".
// The interpreter of "#!/usr/bin/env NAME" is "/usr/bin/env NAME": no interpreter has a space.
Observed<Program> read_program(const std::string& root, const std::string& path,
                               LibrarySearch& libraries);

// The same of an open file.
Observed<Program> read_program(const ProgramFile& file, const std::string& root,
                               const std::string& path, LibrarySearch& libraries);

class ProgramObserver : public Observer<ProgramKey> {
 public:
  // Borrows `root_facts`. `root` is prepended to every path; empty outside tests.
  ProgramObserver(event::Loop& loop, Put<ProgramKey> put, RootFacts& root_facts,
                  std::string root = "");

  void follow(const std::set<ProgramKey>& keys) override { poll_.follow(keys); }

  void look_again() override { poll_.look_at_all(); }

 private:
  Put<ProgramKey> put_;
  std::string root_;
  LibrarySearch libraries_;
  PeriodicPoll<ProgramKey> poll_;
};
}  // namespace checklist::observe
