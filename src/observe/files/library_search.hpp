// SPDX-License-Identifier: MIT
// Finds the shared libraries of a program as ld.so(8) would, without executing anything.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parse/programs/elf.hpp"
#include "parse/programs/library_cache.hpp"

namespace checklist::observe {
// Identifies the content of a file.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t changed = 0;  // ctime, in ns
  bool operator==(const FileIdentity&) const = default;
};

// Errs towards "found": a library of another architecture counts, as does one in a directory that
// the daemon may not search.
class LibrarySearch {
 public:
  // `root` is prepended to every path; empty outside tests.
  explicit LibrarySearch(std::string root = "") : root_(std::move(root)) {}

  // Returns the names in DT_NEEDED of the program and of its libraries that are found nowhere;
  // sorted. Nothing is missing if the dynamic linker is not glibc's, or without ld.so.cache and a
  // run path.
  std::vector<std::string> missing(const std::string& program, const parse::Elf& elf);

 private:
  struct Known {
    FileIdentity identity;
    std::optional<parse::Elf> elf;
  };

  class Walk;

  const parse::LibraryCache* cache();
  const std::optional<parse::Elf>& library(const std::string& path);

  std::string root_;
  FileIdentity cache_identity_;
  std::optional<parse::LibraryCache> cache_;
  std::map<std::string, Known> libraries_;  // by path; contents that do not change are read once
};
}  // namespace checklist::observe
