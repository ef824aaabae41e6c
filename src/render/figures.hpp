// SPDX-License-Identifier: MIT
// Figures about the daemon and the units that are not part of the report; they are read at each
// scrape.
#pragma once
#include <cstdint>
#include <string>

#include "checklist/figures.hpp"
#include "checklist/time.hpp"

namespace checklist::render {
struct Figures {
  std::string version;
  std::uint64_t specs_loaded = 0;
  EngineFigures engine{};
  bool config_ok = true;
  WallTime config_loaded;
  Duration longest_turn{};
  // process_*, from /proc/self; -1 if unreadable
  double cpu_seconds = -1;
  double resident_bytes = -1;
  double virtual_bytes = -1;
  double open_fds = -1;
  double max_fds = -1;
  double start_time_seconds = -1;
};
}  // namespace checklist::render
