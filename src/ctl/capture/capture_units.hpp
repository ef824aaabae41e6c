// SPDX-License-Identifier: MIT
// Observes units and returns specs that describe them as they are, for `capture` and `add`.
#pragma once
#include <string>
#include <vector>

#include "checklist/value.hpp"

#include "capture/selection.hpp"
#include "config/catalogue.hpp"

namespace checklist::ctl {
struct CaptureOptions {
  std::vector<std::string> units;
  bool all = false;                    // every unit that is worth a spec
  std::vector<std::string> catalogue;  // directories; empty: the usual ones
  bool user = false;                   // of a user's manager: the caller's own
  std::string of_user;                 // or, for root, that of this user, whom the specs name
  bool probes = true;                  // tries the kinds' probes
  bool full = false;                   // Captures::full instead of specs
};

struct CapturedSpec {
  std::string unit;                // the canonical name
  std::vector<std::string> names;  // that and aliases
  std::string kind;                // of the catalogue; empty: unknown
  Dict spec;                       // valid
  std::vector<std::string> notes;  // what does not pass now, and what was left out
};

struct MissingUnit {
  std::string unit;                  // does not exist
  std::vector<std::string> perhaps;  // what the name may mean
};

struct Captures {
  std::vector<CapturedSpec> specs;  // in the order of the units
  std::vector<MissingUnit> missing;
  std::vector<std::string> problems;       // with files of the catalogue
  std::vector<capture::LeftOut> left_out;  // by CaptureOptions::all
  Dict full;                               // what capture::full() returns, by unit
  bool complete = false;                   // otherwise the manager did not answer in time
};

// Returns the catalogue of the options' directories.
config::Catalogue catalogue_of(const CaptureOptions& options);

// Reads facts only: starts, stops and loads nothing for good. Tries the probes of the catalogue.
Captures capture_units(const CaptureOptions& options);
}  // namespace checklist::ctl
