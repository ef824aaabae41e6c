// SPDX-License-Identifier: MIT
// Expands glob(7) patterns. glob(3) reports neither the directories it searched nor errors in a
// usable form, and follows symlinks.
#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>

#include "observe/files/directory.hpp"

namespace checklist::observe {
namespace {
bool is_wild(std::string_view part) {
  return part.find_first_of("*?[\\") != std::string_view::npos;
}

class Search {
 public:
  Search(const std::string& root, Links links) : root_(root), links_(links) {}

  // `pattern` begins with a slash, or is empty: then `base` itself matches if it exists.
  void below(const std::string& base, std::string_view pattern) {
    if (unseen_) {
      return;
    }
    if (pattern.empty()) {
      find(base);
      return;
    }
    pattern.remove_prefix(1);
    const std::string part(pattern.substr(0, pattern.find('/')));
    const auto rest = pattern.substr(part.size());
    if (!is_wild(part)) {
      directories_.insert(base.empty() ? "/" : base);
      below(base + "/" + part, rest);
      return;
    }
    for (const std::string& name : names_in(base.empty() ? "/" : base)) {
      // A leading period must be matched explicitly (glob(7)).
      if (::fnmatch(part.c_str(), name.c_str(), FNM_PERIOD) == 0) {
        ++wild_parts_;
        below(base + "/" + name, rest);
        --wild_parts_;
      }
    }
  }

  Matches take() {
    std::ranges::sort(found_);
    Observed<std::vector<std::string>> paths = std::move(found_);
    if (unseen_) {
      paths = *unseen_;
    }
    return {.paths = std::move(paths), .directories = std::move(directories_)};
  }

 private:
  // A refused symlink below a wildcard is skipped: otherwise anyone who can create one there could
  // make all matches unseen.
  void miss(Unseen why) {
    if (wild_parts_ == 0 || why.reason != "link") {
      unseen_ = std::move(why);
    }
  }

  void find(const std::string& path) {
    const auto file = file_status(root_, path, links_);
    if (!file) {
      miss(file.unseen());
    } else if (file->type != "missing" && found_.size() == most_matches) {
      unseen_ = {"unsupported", "more than 1000 files match", "use a narrower pattern"};
    } else if (file->type != "missing") {
      found_.push_back(path);
    }
  }

  std::vector<std::string> names_in(const std::string& directory) {
    directories_.insert(directory);
    const event::Fd opened = open_directory(root_ + directory, links_, Listing::needed);
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(
        opened ? ::fdopendir(::fcntl(opened.get(), F_DUPFD_CLOEXEC, 0)) : nullptr, ::closedir);
    if (!entries) {
      if (errno != ENOENT && errno != ENOTDIR) {
        miss(unseen_path(directory, errno));
      }
      return {};
    }
    std::vector<std::string> out;
    while (const dirent* entry = ::readdir(entries.get())) {
      const std::string name(static_cast<const char*>(entry->d_name));
      if (name != "." && name != "..") {
        out.push_back(name);
      }
    }
    return out;
  }

  std::string root_;
  Links links_;
  std::vector<std::string> found_;
  std::set<std::string> directories_;
  std::optional<Unseen> unseen_;
  int wild_parts_ = 0;  // number of wildcard components above the current directory
};
}  // namespace

Matches matches_of(const std::string& root, const std::string& pattern, Links links) {
  Search search(root, links);
  search.below("", pattern);
  return search.take();
}
}  // namespace checklist::observe
