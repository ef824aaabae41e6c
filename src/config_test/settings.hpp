// SPDX-License-Identifier: MIT
// Reads, without a bus, what the unit files of a service say of the process that reads its
// configuration.
#pragma once
#include <string>
#include <vector>

namespace checklist::config_test {
struct Settings {
  std::string user{};   // User=; empty or "root": root
  std::string group{};  // Group=
  bool dynamic_user = false;
  std::vector<std::string> runtime_directories{};  // below /run
  bool operator==(const Settings&) const = default;
};

// Reads the fragment that comes first in these directories, and the drop-ins, as systemd.unit(5)
// orders them. Ignores files that users other than root can write.
Settings settings_of(const std::string& unit, const std::vector<std::string>& directories);
}  // namespace checklist::config_test
