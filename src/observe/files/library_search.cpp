// SPDX-License-Identifier: MIT
#include "observe/files/library_search.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <set>

#include <dirent.h>
#include <sys/stat.h>

#include "observe/files/program_file.hpp"
#include "observe/small_file.hpp"

namespace checklist::observe {
namespace {
constexpr std::size_t most_libraries = 256;  // of one program
constexpr std::size_t most_known = 4096;
constexpr std::size_t largest_cache = 8U << 20U;
// Those of Debian and of other distributions; a directory that does not exist does no harm.
constexpr std::array default_directories{"/lib/x86_64-linux-gnu",
                                         "/usr/lib/x86_64-linux-gnu",
                                         "/lib/aarch64-linux-gnu",
                                         "/usr/lib/aarch64-linux-gnu",
                                         "/lib64",
                                         "/usr/lib64",
                                         "/lib",
                                         "/usr/lib"};

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

  return ::stat(path.c_str(), &status) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

std::string parent(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

std::string replaced(std::string text, const std::string& word, const std::string& by) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + by.size())) {
    text.replace(at, word.size(), by);
  }
  return text;
}

// Returns the directories of a run path. One with a token that is not known here is kept as "".
std::vector<std::string> expanded(const std::vector<std::string>& run_path,
                                  const std::string& origin) {
  std::vector<std::string> out;
  for (std::string each : run_path) {
    for (const char* token : {"$ORIGIN", "${ORIGIN}"}) {
      each = replaced(std::move(each), token, origin);
    }
    out.push_back(each.find('$') == std::string::npos ? each : "");
  }
  return out;
}

// Optimized variants: DIRECTORY/glibc-hwcaps/x86-64-v3/NAME.
bool has_variant(const std::string& directory, const std::string& name) {
  std::error_code none;
  for (const auto& each : std::filesystem::directory_iterator(directory + "/glibc-hwcaps", none)) {
    if (may_exist(each.path().string() + "/" + name)) {
      return true;
    }
  }
  return false;
}
}  // namespace

// The libraries of one program, breadth first as ld.so(8) loads them: a name that is loaded is not
// looked for again.
class LibrarySearch::Walk {
 public:
  Walk(LibrarySearch& search, const parse::LibraryCache* cache, const parse::Elf& program)
      : search_(search), cache_(cache), interpreter_(program.interpreter) {}

  std::vector<std::string> take(const std::string& path, const parse::Elf& elf) {
    add(path, elf, {});
    for (std::size_t i = 0; i < queue_.size() && i < most_libraries; ++i) {
      const Wanted wanted = queue_[i];
      if (loaded_.insert(wanted.name).second && !is_interpreter(wanted.name)) {
        look_for(wanted);
      }
    }
    return {missing_.begin(), missing_.end()};
  }

 private:
  struct Wanted {
    std::string name;
    std::vector<std::string> directories;  // of the run paths of those who need it
    bool no_default = false;
  };

  void add(const std::string& path, const parse::Elf& elf, std::vector<std::string> directories) {
    std::error_code none;
    const auto real = std::filesystem::canonical(search_.root_ + path, none).string();
    const std::string origin =
        real.empty() ? parent(path) : parent(real.substr(search_.root_.size()));
    std::ranges::move(expanded(elf.run_path, origin), std::back_inserter(directories));
    for (const std::string& name : elf.needed) {
      queue_.push_back({name, directories, elf.no_default});
    }
  }

  [[nodiscard]] bool is_interpreter(const std::string& name) const {
    return interpreter_.ends_with('/' + name);
  }

  void look_for(const Wanted& wanted) {
    if (const auto path = found(wanted)) {
      const auto& elf = search_.library(*path);
      if (elf) {
        loaded_.insert(elf->soname);
        add(*path, *elf, wanted.directories);
      }
    } else if (!is_unclear_) {
      missing_.insert(wanted.name);
    }
  }

  // Returns the path at which the library is; nothing if it is nowhere.
  std::optional<std::string> found(const Wanted& wanted) {
    is_unclear_ = false;
    if (wanted.name.find('/') != std::string::npos) {
      const bool is_relative = !wanted.name.starts_with('/');
      return is_relative || exists(wanted.name) ? std::optional(wanted.name) : std::nullopt;
    }
    for (const std::string& directory : wanted.directories) {
      is_unclear_ |= directory.empty() || !directory.starts_with('/');
      if (is_in(directory, wanted.name)) {
        return directory + '/' + wanted.name;
      }
    }
    if (wanted.no_default) {
      return std::nullopt;
    }
    if (auto path = cached(wanted.name)) {
      return path;
    }
    for (const std::string& directory : standard_directories()) {
      if (is_in(directory, wanted.name)) {
        return directory + '/' + wanted.name;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::string> cached(const std::string& name) const {
    const auto at = cache_ != nullptr ? cache_->find(name) : parse::LibraryCache::const_iterator();
    if (cache_ == nullptr || at == cache_->end()) {
      return std::nullopt;
    }
    const auto path =
        std::ranges::find_if(at->second, [this](const std::string& each) { return exists(each); });
    return path != at->second.end() ? std::optional(*path) : std::nullopt;
  }

  [[nodiscard]] std::vector<std::string> standard_directories() const {
    std::vector<std::string> out(default_directories.begin(), default_directories.end());
    out.push_back(parent(interpreter_));  // as compiled into the linker of a Nix store
    std::error_code none;
    const auto real = std::filesystem::canonical(search_.root_ + interpreter_, none).string();
    out.push_back(real.empty() ? "/" : parent(real.substr(search_.root_.size())));
    return out;
  }

  [[nodiscard]] bool exists(const std::string& path) const {
    return may_exist(search_.root_ + path);
  }

  [[nodiscard]] bool is_in(const std::string& directory, const std::string& name) const {
    return !directory.empty() &&
           (exists(directory + '/' + name) || has_variant(search_.root_ + directory, name));
  }

  LibrarySearch& search_;
  const parse::LibraryCache* cache_;
  std::string interpreter_;
  std::vector<Wanted> queue_;
  std::set<std::string> loaded_;
  std::set<std::string> missing_;
  bool is_unclear_ = false;  // a directory of the run path is not known
};

std::vector<std::string> LibrarySearch::missing(const std::string& program, const parse::Elf& elf) {
  const auto slash = elf.interpreter.rfind('/');
  const bool is_glibc =
      slash != std::string::npos && elf.interpreter.compare(slash + 1, 8, "ld-linux") == 0;
  const parse::LibraryCache* cache = is_glibc ? this->cache() : nullptr;
  if (!is_glibc || (cache == nullptr && elf.run_path.empty())) {
    return {};
  }
  return Walk(*this, cache, elf).take(program, elf);
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

const std::optional<parse::Elf>& LibrarySearch::library(const std::string& path) {
  const auto identity = identity_of(root_ + path).value_or(FileIdentity{});
  if (libraries_.size() >= most_known) {
    libraries_.clear();
  }
  const auto [at, is_new] = libraries_.try_emplace(path);
  if (is_new || at->second.identity != identity) {
    const ProgramFile file(root_ + path);
    at->second = {identity, parse::elf(file.reader())};
  }
  return at->second.elf;
}
}  // namespace checklist::observe
