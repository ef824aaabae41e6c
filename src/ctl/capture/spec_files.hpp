// SPDX-License-Identifier: MIT
// What `capture` and `add` have in common: options, messages, and the files that they write.
#pragma once
#include <string>
#include <vector>

#include "config/configuration.hpp"
#include "ctl/capture/capture_units.hpp"
#include "ctl/command.hpp"

namespace checklist::ctl {
// Adds the options that choose what is captured. `options` must outlive the parsing.
void add_capture_options(CLI::App& command, CaptureOptions& options);

// Adds --user and --user=NAME.
void add_user_option(CLI::App& command, CaptureOptions& options);

// Prints why units of that user cannot be captured. Returns Exit::pass if they can be.
Exit refuse_user(const CaptureOptions& options);

// Prints why there is nothing to write. Returns Exit::pass if there is something.
Exit refuse(const Captures& captures);

// Prints to stderr what does not pass now and what was left out.
void print_notes(const Captures& captures);

// Returns where specs are read: in the directories given, else in the usual ones of the system, the
// caller or the user that root names.
config::Locations spec_locations(const CaptureOptions& options,
                                 const std::vector<std::string>& directories);

// Returns where `add` writes them: for a user that root names, the system's directory of users'
// specs, else the instance's own.
std::string written_directory(const CaptureOptions& options, const config::Locations& locations);

// Returns the file of the present spec of the unit, by any of its names; empty if it has none.
std::string present_file(const config::Loaded& present, const CapturedSpec& unit);

struct SpecFileText {
  std::string name;  // without directory
  std::string text;
};

// Writes the files that differ, and says so on stdout. An existing file with other content is an
// error without `force`; nothing is written then.
Exit write_spec_files(const std::string& directory, const std::vector<SpecFileText>& files,
                      bool force);
}  // namespace checklist::ctl
