// SPDX-License-Identifier: MIT
#include "observe/install_link_observer.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <tuple>

#include <sys/inotify.h>

#include "semantics/unit_files.hpp"

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;
using namespace std::chrono_literals;
constexpr std::uint32_t anything = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB |
                                   IN_CLOSE_WRITE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
// An upgrade of many packages rewrites hundreds of files.
constexpr Duration storm_interval = 100ms;
constexpr unsigned storm_burst = 5;

struct Entry {
  InstallLink link;
  std::string name;
  bool is_mask = false;  // it leads to /dev/null: that edge is masked, in later directories, too
};

struct InstallDirectory {
  std::string name;  // "multi-user.target.wants"
  std::string target;
  std::string kind;
};

// Nothing if there is none: a directory may go at any moment.
std::vector<fs::directory_entry> list(const std::string& directory) {
  std::error_code gone;
  std::vector<fs::directory_entry> out;
  for (fs::directory_iterator at(directory, gone), end; !gone && at != end; at.increment(gone)) {
    out.push_back(*at);
  }
  return out;
}

std::vector<InstallDirectory> install_directories(const std::string& directory) {
  std::vector<InstallDirectory> out;
  for (const fs::directory_entry& entry : list(directory)) {
    const std::string name = entry.path().filename();
    for (const std::string kind : {"wants", "requires", "upholds"}) {
      if (name.ends_with("." + kind) && name.size() > kind.size() + 1) {
        out.push_back({name, name.substr(0, name.size() - kind.size() - 1), kind});
      }
    }
  }
  return out;
}

bool is_mask(const fs::path& path) {
  std::error_code dangling;
  const auto status = fs::status(path, dangling);
  return fs::is_character_file(status) ||
         (fs::is_regular_file(status) && fs::file_size(path, dangling) == 0);
}
}  // namespace

struct InstallLinkObserver::Directory {
  std::string path;  // without the root
  std::string full;
  std::vector<Entry> entries;
  std::unique_ptr<PathTrail> trail;  // whether it is there; null: nothing is watched
  std::vector<event::Source> watches;
  event::Source soon;

  void watch(event::Loop& loop, const std::string& directory) {
    try {
      watches.push_back(loop.inotify(directory, anything,
                                     [this](std::uint32_t, const std::string&) { soon.arm(); }));
    } catch (const std::system_error&) {
      // It is not there (the trail tells when it is), or no watch is left: the resync looks again.
    }
  }

  // Watches first, so that nothing between that and the look is missed.
  void scan(event::Loop& loop) {
    watches.clear();
    entries.clear();
    if (trail) {
      watch(loop, full);
    }
    for (const InstallDirectory& each : install_directories(full)) {
      if (trail) {
        watch(loop, full + "/" + each.name);
      }
      for (const fs::directory_entry& entry : list(full + "/" + each.name)) {
        const std::string name = entry.path().filename();
        const bool mask = is_mask(entry.path());
        std::error_code gone;
        if (mask || entry.is_symlink(gone)) {
          const std::string link = path + "/" + each.name + "/" + name;
          entries.push_back({{link, each.target, each.kind}, name, mask});
        }
      }
    }
  }
};

InstallLinkObserver::InstallLinkObserver(event::Loop& loop, Put<InstallLinksKey> put,
                                         std::function<void()> on_change, std::string root)
    : loop_(loop),
      put_(std::move(put)),
      on_change_(std::move(on_change)),
      root_(root == "/" ? "" : std::move(root)) {}

InstallLinkObserver::~InstallLinkObserver() = default;

void InstallLinkObserver::search_path(std::vector<std::string> directories) {
  if (directories == search_path_) {
    return;
  }
  search_path_ = std::move(directories);
  directories_.clear();
  std::set<fs::path> seen;  // /lib may be a link to /usr/lib, and both be on the path
  for (const std::string& path : search_path_) {
    // Transient units come and go in numbers, have no links and no unit file state.
    const std::string full = root_ + path;
    if (path.ends_with("/transient") || !seen.insert(fs::weakly_canonical(full)).second) {
      continue;
    }
    auto directory = std::make_unique<Directory>();
    auto& it = *directory;
    it.path = path;
    it.full = full;
    if (!semantics::is_generated(path)) {
      it.soon = loop_.rate_limited(event::Priority::io, storm_interval, storm_burst,
                                   [this, &it] { changed(it); });
      it.trail = std::make_unique<PathTrail>(loop_, full, [&it] { it.soon.arm(); });
    }
    directories_.push_back(std::move(directory));
  }
  look_again();
}

void InstallLinkObserver::follow(const std::set<InstallLinksKey>& keys) {
  followed_ = keys;
  tell();
}

void InstallLinkObserver::look_again() {
  std::ranges::for_each(directories_, [this](const auto& each) { each->scan(loop_); });
  tell();
}

void InstallLinkObserver::changed(Directory& directory) {
  directory.scan(loop_);
  tell();
  on_change_();
}

void InstallLinkObserver::tell() {
  if (search_path_.empty()) {
    return;
  }
  std::map<std::string, std::vector<InstallLink>> links;
  std::set<std::tuple<std::string, std::string, std::string>> masked;
  for (const auto& directory : directories_) {
    for (const Entry& entry : directory->entries) {
      const std::tuple edge(entry.link.target, entry.link.kind, entry.name);
      if (entry.is_mask) {
        masked.insert(edge);
      } else if (!masked.contains(edge)) {
        links[entry.name].push_back(entry.link);
      }
    }
  }
  for (const InstallLinksKey& key : followed_) {
    auto& found = links[key.name];
    std::ranges::sort(found);
    put_(key, found);
  }
}
}  // namespace checklist::observe
