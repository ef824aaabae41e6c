// SPDX-License-Identifier: MIT
// The files and directories of an instance: configuration, state, records and sockets. Those of
// users' instances follow the XDG base directories, as in systemd.exec(5).
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace checklist::config {
// Where the configuration is read. A file in a later directory replaces one of the same name in an
// earlier directory.
struct Locations {
  std::string daemon_file = "/etc/checklistd/checklistd.json";
  bool daemon_file_required = false;          // given on the command line: must exist
  std::vector<std::string> directories;       // specs of the instance's own manager
  std::vector<std::string> user_directories;  // specs that name their `user`
  bool directories_required = false;          // given on the command line: each must exist
  std::string user;                           // of this instance; empty: the system instance

  // Apply command-line options. An empty argument keeps the default.
  void use_daemon_file(std::string named);
  void use_directories(std::vector<std::string> named);
};

Locations system_locations();
Locations user_locations(const std::string& user, const std::string& home);

// Where an instance keeps its state and its sockets.
struct Paths {
  std::string state;    // directory of checklistd's state
  std::string records;  // directory of what checklistctl writes and checklistd reads
  std::string runtime;  // directory of the sockets

  // Where checklistctl keeps the plan and the results of exercises.
  [[nodiscard]] std::string exercises() const { return records + "/exercises"; }

  [[nodiscard]] std::string state_file() const { return state + "/state.json"; }

  // The unix socket that checklistctl connects to.
  [[nodiscard]] std::string socket() const { return runtime + "/checklistd.sock"; }
};

Paths system_paths();

// Returns the value of an environment variable, or null, as std::getenv().
using Environment = std::function<const char*(const char* name)>;

// Follows XDG_STATE_HOME and XDG_RUNTIME_DIR. An empty variable counts as unset.
Paths user_paths(std::uint32_t uid, const std::string& home, const Environment& environment);

// The socket on which the system instance receives the reports of users' instances.
constexpr auto publish_socket = "/run/checklistd/publish.sock";
}  // namespace checklist::config
