// SPDX-License-Identifier: MIT
// What an ELF file needs to be executed or loaded (elf(5), ld.so(8)), read a few pages at a time.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace checklist::parse {
// Returns up to `size` bytes of a file at an offset; fewer at its end or on errors.
using ReadAt = std::function<std::string(std::uint64_t offset, std::size_t size)>;

struct Elf {
  std::string interpreter{};            // PT_INTERP; empty if there is none
  std::vector<std::string> needed{};    // DT_NEEDED, in the file's order
  std::string soname{};                 // DT_SONAME
  std::vector<std::string> run_path{};  // DT_RUNPATH, or DT_RPATH without it
  bool no_default = false;              // DF_1_NODEFLIB: default directories are not searched
  bool operator==(const Elf&) const = default;
};

inline constexpr std::size_t elf_head = 4;

// Returns whether the first bytes of a file are those of an ELF file of any kind.
bool is_elf(std::string_view head);

// What the kernel makes of an ELF file.
enum class ElfKind {
  own,       // of this machine's architecture, or of its 32-bit one
  foreign,   // of another architecture
  truncated  // headers or segments are missing: it cannot be executed, or crashes
};

ElfKind elf_kind(const ReadAt& read);

// Returns what a 64-bit file of this machine's architecture needs; nothing for other files and for
// those that are truncated or malformed.
std::optional<Elf> elf(const ReadAt& read);
}  // namespace checklist::parse
