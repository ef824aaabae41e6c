// SPDX-License-Identifier: MIT
// A world in which everything that the next start of x.service needs is there: user "llama"
// executes /usr/bin/x. A test changes what it is about.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "support/device_world.hpp"

namespace checklist::testing {
inline Node a_regular_file(std::uint32_t mode = 0755, std::uint32_t uid = 0) {
  Node out;
  out.type = NodeType::regular;
  out.permissions.mode = mode;
  out.permissions.uid = uid;
  return out;
}

// A command as ExecStartEx reports it, with arguments that no text may quote.
inline Value a_start_command(const std::string& path, const std::vector<std::string>& flags = {}) {
  const Value zero{std::uint64_t{0}};
  return Value{Values{Value{path}, texts({path, "--password=secret"}), texts(flags), zero, zero,
                      zero, zero, zero, Value{std::int64_t{0}}, Value{std::int64_t{0}}}};
}

inline World& with_start_defaults(World& world) {
  with_exec_defaults(world);
  for (const char* name :
       {"ExecConditionEx", "ExecStartPreEx", "ExecStartPostEx", "ExtensionImages",
        "ExtensionDirectories", "ExecSearchPath", "Environment", "EnvironmentFiles",
        "PassEnvironment", "RuntimeDirectory", "StateDirectory", "CacheDirectory", "LogsDirectory",
        "ConfigurationDirectory"}) {
    world.property(name, Value{Values{}});
  }
  for (const char* name : {"WorkingDirectory", "NetworkNamespacePath", "IPCNamespacePath"}) {
    world.text(name, "");
  }
  for (const char* name : {"StandardInput", "StandardOutput", "StandardError"}) {
    world.text(name, "journal");
  }
  for (const char* name : {"CPUAffinity", "NUMAMask"}) {
    world.property(name, Value{Values{}});
  }
  for (const char* name : {"LimitNOFILESoft", "LimitASSoft", "LimitDATASoft", "LimitSTACKSoft"}) {
    world.number(name, UINT64_MAX);
  }
  for (const std::string kind : {"Runtime", "State", "Cache", "Logs", "Configuration"}) {
    world.number(kind + "DirectoryMode", 0755).property(kind + "DirectorySymlink", Value{Values{}});
  }
  world.property("CPUAffinityFromNUMA", Value{false})
      .property("NUMAPolicy", Value{std::int64_t{-1}})
      .property("SystemCallFilter", Value{Values{Value{false}, Value{Values{}}}})
      .with(MachineKey{}, Machine{});
  for (const char* directory : {"/", "/usr", "/usr/bin", "/srv", "/lib64"}) {
    world.with(NodeKey{directory}, a_directory());
  }
  return world.property("ExecStartEx", Value{Values{a_start_command("/usr/bin/x")}})
      .with(AccountsKey{}, the_accounts())
      .with(NodeKey{"/usr/bin/x"}, a_regular_file())
      .with(NodeKey{"/lib64/ld.so"}, a_regular_file())
      .with(ProgramKey{"/usr/bin/x"},
            Program{.format = Program::Format::elf, .interpreter = "/lib64/ld.so"})
      .with(ProgramKey{"/lib64/ld.so"}, Program{.format = Program::Format::elf, .interpreter = {}});
}

inline World a_start_world() {
  World world = a_service_in(ActiveState::active, "running");
  return with_start_defaults(world).text("User", "llama");
}
}  // namespace checklist::testing
