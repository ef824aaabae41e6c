// SPDX-License-Identifier: MIT
// Finds the shared libraries of a program as ld.so(8) would, without executing anything.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "checklist/facts/files.hpp"

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
  // Returns whether a path may be looked at.
  using MayLook = std::function<bool(const std::string& path)>;

  // `root` is prepended to every path; empty outside tests. Without `may_look`, every path may be
  // looked at.
  explicit LibrarySearch(std::string root = "", MayLook may_look = {})
      : root_(std::move(root)), may_look_(std::move(may_look)) {}

  // Fills in the libraries of a program: the names in DT_NEEDED of the program and of its
  // libraries. Nothing is missing if the dynamic linker is not glibc's, or without ld.so.cache and
  // a run path.
  void search(const std::string& path, const parse::Elf& elf, Program& out);

 private:
  struct Known {
    FileIdentity identity;
    std::optional<parse::Elf> elf;
    bool is_broken = false;  // it can be read, and is not a whole ELF file
    bool is_foreign = false;
  };

  class Walk;

  const parse::LibraryCache* cache();
  const Known& library(const std::string& path);

  std::string root_;
  MayLook may_look_;
  FileIdentity cache_identity_;
  std::optional<parse::LibraryCache> cache_;
  std::map<std::string, Known> libraries_;  // by path; contents that do not change are read once
};
}  // namespace checklist::observe
