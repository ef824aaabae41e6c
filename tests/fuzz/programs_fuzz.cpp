// SPDX-License-Identifier: MIT
// Programs as the next start would load them: ELF files, scripts, and the cache of ld.so.
#include "fuzz/fuzz.hpp"
#include "parse/programs/elf.hpp"
#include "parse/programs/library_cache.hpp"
#include "parse/programs/script.hpp"

namespace checklist::fuzz {
const std::size_t longest = 8U << 20U;  // of the cache: library_search.cpp

void run(std::string_view input) {
  const parse::ReadAt read = [input](std::uint64_t offset, std::size_t size) {
    return std::string(input.substr(std::min<std::uint64_t>(offset, input.size()), size));
  };
  (void)parse::elf_kind(read);
  if (const auto elf = parse::elf(read)) {
    require(parse::is_elf(input), "what is read as ELF is ELF");
    require(elf->needed.size() <= 512 && elf->run_path.size() <= 512, "lists are bounded");
  }
  (void)parse::script(input.substr(0, parse::script_head));
  (void)parse::library_cache(input);
}
}  // namespace checklist::fuzz
