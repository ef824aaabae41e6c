// SPDX-License-Identifier: MIT
// The first line of a script, as execve(2) reads it.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace checklist::parse {
inline constexpr std::size_t script_head = 256;  // BINPRM_BUF_SIZE: what the kernel reads

struct Script {
  std::string interpreter;
  std::string searched{};  // NAME of "#!/usr/bin/env NAME", which env(1) searches in PATH
  bool operator==(const Script&) const = default;
};

// Returns what "#!" names; nothing if the kernel does not execute the file as a script. `head`
// holds the first `script_head` bytes of the file, or all of a shorter one.
std::optional<Script> script(std::string_view head);
}  // namespace checklist::parse
