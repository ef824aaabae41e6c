// SPDX-License-Identifier: MIT
#include "observe/files/library_search.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <set>

#include <dirent.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "observe/files/program_file.hpp"
#include "observe/small_file.hpp"
#include "semantics/files/run_path.hpp"

namespace checklist::observe {
namespace {
constexpr std::size_t most_libraries = 256;  // of one program
constexpr std::size_t most_known = 4096;
constexpr std::size_t largest_cache = 8U << 20U;

std::optional<FileIdentity> identity_of(const std::string& path) {
  struct stat status {};

  if (::stat(path.c_str(), &status) != 0) {
    return std::nullopt;
  }
  constexpr std::int64_t second = 1'000'000'000;
  return FileIdentity{
      .device = status.st_dev,
      .inode = status.st_ino,
      .changed = std::int64_t{status.st_ctim.tv_sec} * second + status.st_ctim.tv_nsec};
}

// Whether something is there, or may be: the directory cannot be searched.
bool may_exist(const std::string& path) {
  struct stat status {};

  return ::stat(path.c_str(), &status) == 0 ||
         (errno != ENOENT && errno != ENOTDIR && errno != ELOOP);
}

bool has_acl(const std::string& path) {
  return ::getxattr(path.c_str(), "system.posix_acl_access", nullptr, 0) > 0;
}

bool everybody_may(const std::string& path, mode_t bits) {
  struct stat status {};

  return ::stat(path.c_str(), &status) == 0 && (status.st_mode & bits) == bits && !has_acl(path);
}

}  // namespace

// The libraries of one program, breadth first as ld.so(8) loads them: a name that is loaded is not
// looked for again.
class LibrarySearch::Walk {
 public:
  Walk(LibrarySearch& search, const parse::LibraryCache* cache, const parse::Elf& program,
       bool is_secure)
      : search_(search), cache_(cache), interpreter_(program.interpreter), is_secure_(is_secure) {}

  void take(const std::string& path, const parse::Elf& elf) {
    add(path, elf, {});
    for (std::size_t i = 0; i < queue_.size() && i < most_libraries; ++i) {
      const Wanted wanted = queue_[i];
      if (loaded_.insert(wanted.name).second && !is_interpreter(wanted.name)) {
        look_for(wanted);
      }
    }
  }

  [[nodiscard]] bool uses_origin() const { return uses_origin_; }

  std::set<std::string> missing;
  std::set<std::string> unseen;
  std::vector<std::string> broken;
  std::vector<Library> libraries;

 private:
  struct Wanted {
    std::string name;
    std::vector<std::string> directories;  // of the run paths of those who need it
    bool no_default = false;
  };

  void add(const std::string& path, const parse::Elf& elf, std::vector<std::string> directories) {
    const std::string origin = semantics::parent_directory(real(path).value_or(path));
    for (const std::string& each : elf.run_path) {
      const bool is_relative = semantics::names_origin(each);
      const std::string directory = semantics::expanded_run_path(each, origin);
      uses_origin_ |= is_relative;
      if (!is_secure_ || !is_relative || semantics::is_library_directory(directory)) {
        directories.push_back(directory);
      }
    }
    for (const std::string& name : elf.needed) {
      queue_.push_back({name, directories, elf.no_default});
    }
  }

  [[nodiscard]] bool is_interpreter(const std::string& name) const {
    return interpreter_.ends_with('/' + name);
  }

  void look_for(const Wanted& wanted) {
    if (const auto path = found(wanted)) {
      const Known& known = search_.library(*path);
      const std::string real_path = real(*path).value_or("");
      libraries.push_back({.path = *path,
                           .real = real_path,
                           .is_public = is_public(*path) && is_public(real_path)});
      if (known.is_broken) {
        broken.push_back(*path);
      }
      if (known.elf) {
        loaded_.insert(known.elf->soname);
        add(*path, *known.elf, wanted.directories);
      }
    } else {
      (is_unclear_ ? unseen : missing).insert(wanted.name);
    }
  }

  // Returns the path at which the library is; nothing if it is nowhere.
  std::optional<std::string> found(const Wanted& wanted) {
    is_unclear_ = false;
    if (wanted.name.find('/') != std::string::npos) {
      is_unclear_ = !wanted.name.starts_with('/');
      return !is_unclear_ && exists(wanted.name) ? std::optional(wanted.name) : std::nullopt;
    }
    for (const std::string& directory : wanted.directories) {
      is_unclear_ |= directory.empty() || !directory.starts_with('/');
      if (auto path = in_directory(directory, wanted.name)) {
        return path;
      }
    }
    if (wanted.no_default) {
      return std::nullopt;
    }
    if (auto path = cached(wanted.name)) {
      return path;
    }
    for (const std::string& directory : standard_directories()) {
      if (auto path = in_directory(directory, wanted.name)) {
        return path;
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> cached(const std::string& name) {
    const auto at = cache_ != nullptr ? cache_->find(name) : parse::LibraryCache::const_iterator();
    if (cache_ == nullptr || at == cache_->end()) {
      return std::nullopt;
    }
    const auto path =
        std::ranges::find_if(at->second, [this](const std::string& each) { return exists(each); });
    return path != at->second.end() ? std::optional(*path) : std::nullopt;
  }

  [[nodiscard]] std::vector<std::string> standard_directories() const {
    std::vector<std::string> out(semantics::library_directories.begin(),
                                 semantics::library_directories.end());
    out.push_back(
        semantics::parent_directory(interpreter_));  // as compiled into the linker of a Nix store
    out.push_back(semantics::parent_directory(real(interpreter_).value_or("/")));
    return out;
  }

  // Returns the path without symbolic links; nothing if it cannot be seen.
  [[nodiscard]] std::optional<std::string> real(const std::string& path) const {
    std::error_code none;
    const auto out = std::filesystem::canonical(search_.root_ + path, none).string();
    return out.empty() ? std::nullopt : std::optional(out.substr(search_.root_.size()));
  }

  [[nodiscard]] bool may_look(const std::string& path) {
    const bool may = !search_.may_look_ || search_.may_look_(path);
    is_unclear_ |= !may;
    return may;
  }

  // One for another architecture is passed over.
  [[nodiscard]] bool exists(const std::string& path) {
    return may_look(path) && may_exist(search_.root_ + path) && !search_.library(path).is_foreign;
  }

  // Optimized variants are in DIRECTORY/glibc-hwcaps/x86-64-v3.
  std::optional<std::string> in_directory(const std::string& directory, const std::string& name) {
    if (directory.empty()) {
      return std::nullopt;
    }
    std::string path = directory + '/' + name;
    if (exists(path)) {
      return path;
    }
    const std::string variants = directory + "/glibc-hwcaps";
    std::error_code none;
    for (const auto& each :
         may_look(variants) ? std::filesystem::directory_iterator(search_.root_ + variants, none)
                            : std::filesystem::directory_iterator()) {
      path = variants + '/' + each.path().filename().string() + '/' + name;
      if (exists(path)) {
        return path;
      }
    }
    return std::nullopt;
  }

  // Returns whether every user may read the file.
  bool is_public(const std::string& path) {
    for (auto end = path.find('/', 1); end != std::string::npos; end = path.find('/', end + 1)) {
      const auto [at, is_new] = searchable_.try_emplace(path.substr(0, end));
      if (is_new) {
        at->second = everybody_may(search_.root_ + at->first, S_IXOTH);
      }
      if (!at->second) {
        return false;
      }
    }
    return everybody_may(search_.root_ + path, S_IROTH);
  }

  LibrarySearch& search_;
  const parse::LibraryCache* cache_;
  std::string interpreter_;
  bool is_secure_;
  std::vector<Wanted> queue_;
  std::set<std::string> loaded_;
  std::map<std::string, bool> searchable_;  // directories, for every user
  bool is_unclear_ = false;                 // a directory of the run path cannot be looked at
  bool uses_origin_ = false;
};

void LibrarySearch::search(const std::string& path, const parse::Elf& elf, Program& out) {
  const auto slash = elf.interpreter.rfind('/');
  const bool is_glibc =
      slash != std::string::npos && elf.interpreter.compare(slash + 1, 8, "ld-linux") == 0;
  const parse::LibraryCache* cache = is_glibc ? this->cache() : nullptr;
  if (!is_glibc || (cache == nullptr && elf.run_path.empty())) {
    return;
  }
  const auto sorted = [](const std::set<std::string>& names) {
    return std::vector<std::string>(names.begin(), names.end());
  };
  Walk walk(*this, cache, elf, false);
  walk.take(path, elf);
  out.missing_libraries = sorted(walk.missing);
  out.missing_if_secure = out.missing_libraries;
  out.unseen_libraries = sorted(walk.unseen);
  out.broken_libraries = std::move(walk.broken);
  out.libraries = std::move(walk.libraries);
  if (walk.uses_origin()) {
    Walk secure(*this, cache, elf, true);
    secure.take(path, elf);
    out.missing_if_secure = sorted(secure.missing);
  }
}

// Returns null if there is no cache, or none that can be read.
const parse::LibraryCache* LibrarySearch::cache() {
  const std::string path = root_ + "/etc/ld.so.cache";
  const auto identity = identity_of(path);
  if (!identity) {
    cache_identity_ = {};
    cache_.reset();
  } else if (*identity != cache_identity_) {
    const auto bytes = small_file(path, largest_cache);
    cache_ = bytes ? parse::library_cache(*bytes) : std::nullopt;
    cache_identity_ = *identity;
  }
  return cache_ ? &*cache_ : nullptr;
}

const LibrarySearch::Known& LibrarySearch::library(const std::string& path) {
  const auto identity = identity_of(root_ + path).value_or(FileIdentity{});
  if (libraries_.size() >= most_known) {
    libraries_.clear();
  }
  const auto [at, is_new] = libraries_.try_emplace(path);
  if (is_new || at->second.identity != identity) {
    const ProgramFile file(root_ + path);
    const auto read = file.reader();
    const bool is_elf = parse::is_elf(read(0, parse::elf_head));
    const auto kind = is_elf ? parse::elf_kind(read) : parse::ElfKind::own;
    at->second = {.identity = identity,
                  .elf = parse::elf(read),
                  .is_broken = file.error() == 0 && (!is_elf || kind == parse::ElfKind::truncated),
                  .is_foreign = kind == parse::ElfKind::foreign};
  }
  return at->second;
}
}  // namespace checklist::observe
