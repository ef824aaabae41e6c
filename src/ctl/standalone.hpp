// SPDX-License-Identifier: MIT
// A look at the units without the daemon: what `check` prints and `gate` judges.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ctl/command.hpp"

namespace checklist::ctl {
struct LookOptions {
  std::vector<std::string> units;
  std::vector<std::string> directories;
  std::string file;
  std::string state_directory;
  std::string wait = "0";
  bool user = false;
};

// All but the units. `options` must outlive the parsing.
void add_look_options(CLI::App& command, LookOptions& options);

struct Observation {
  std::optional<Report> report = std::nullopt;
  Exit refused = Exit::pass;  // why there is none; stderr has been told
};

// Whether waiting for a better report is over.
using Enough = std::function<bool(const Report&)>;

// Loads the specs and observes until every answer is there, then until `enough` or time is up.
Observation look(const LookOptions& given, const Enough& enough);
}  // namespace checklist::ctl
