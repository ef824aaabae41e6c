// SPDX-License-Identifier: MIT
// The catalogue: what is known of kinds of services, whichever host they run on. One file a kind.
#pragma once
#include <string>
#include <vector>

#include "checklist/value.hpp"

#include "config/configuration.hpp"

namespace checklist::config {
struct Kind {
  std::string name;                   // the file's name without suffix
  std::string summary;                // one line: what it is
  std::vector<std::string> units;     // patterns of unit names and aliases, as in glob(7)
  std::vector<std::string> programs;  // likewise of the names of programs, without directories
  Dict spec;                          // what is known of all such units: a spec without its unit
  // Arguments of health_probe to try in this order. "{listen}" stands for an address and a port on
  // which the unit listens.
  std::vector<Dict> probes;
  bool plumbing = false;  // the distribution's own: `capture --all` leaves it out
};

struct Catalogue {
  std::vector<Kind> kinds;        // in the order of their names, plumbing after all others
  std::vector<Problem> problems;  // kinds with an error are left out
};

// Returns the directories of kinds: the installed ones, then the host's own, which win.
std::vector<std::string> catalogue_directories();

// Reads the *.json files of the directories. A directory that does not exist counts as empty.
Catalogue load_catalogue(const std::vector<std::string>& directories);

// Returns the arguments of a probe with `{listen}` replaced by the address.
Dict with_listen(const Dict& probe, const std::string& address);

// Returns the JSON Schema of a file. It refers to that of a spec, which lies beside it.
Dict kind_schema();
}  // namespace checklist::config
