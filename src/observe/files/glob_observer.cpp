// SPDX-License-Identifier: MIT
#include "observe/files/glob_observer.hpp"

#include <system_error>

#include <sys/inotify.h>

#include "observe/files/file_status.hpp"
#include "observe/files/own_sandbox.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr std::uint32_t entry_changes = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                                        IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::size_t most_watches = 64;  // per pattern; the resync covers the rest
// Limits rereads while many files are created and removed.
constexpr Duration storm_interval = 500ms;
constexpr unsigned storm_burst = 5;
}  // namespace

struct GlobObserver::Followed {
  std::set<std::string> directories;
  std::vector<std::unique_ptr<SymlinkChainWatch>> missing;  // directories that do not exist yet
  std::vector<event::Source> watches;
  event::Source soon;
};

GlobObserver::GlobObserver(event::Loop& loop, Put<GlobKey> put, RootFacts& root_facts,
                           std::string root)
    : loop_(loop), put_(std::move(put)), root_facts_(root_facts), root_(std::move(root)) {}

GlobObserver::~GlobObserver() = default;

void GlobObserver::follow(const std::set<GlobKey>& keys) {
  std::erase_if(followed_, [&keys](const auto& entry) { return !keys.contains(entry.first); });
  for (const GlobKey& key : keys) {
    auto& followed = followed_[key];
    if (!followed) {
      followed = std::make_unique<Followed>();
      followed->soon = loop_.rate_limited(event::Priority::io, storm_interval, storm_burst,
                                          [this, key, &it = *followed] { look(key, it); });
      look(key, *followed);
    }
  }
}

void GlobObserver::look_again() {
  for (const auto& [key, followed] : followed_) {
    look(key, *followed);
  }
}

// Renews the watches each time: a directory may have been replaced by one of the same name.
void GlobObserver::look(const GlobKey& key, Followed& followed) {
  Matches found = matches_of(root_, key.pattern);
  followed.watches.clear();
  followed.missing.clear();
  for (const std::string& directory : found.directories) {
    if (followed.watches.size() + followed.missing.size() >= most_watches) {
      break;
    }
    const std::string full = root_ + directory;
    try {
      followed.watches.push_back(
          loop_.inotify(full, entry_changes,
                        [&followed](std::uint32_t, const std::string&) { followed.soon.arm(); }));
    } catch (const std::system_error&) {  // does not exist, or permission denied
      followed.missing.push_back(
          std::make_unique<SymlinkChainWatch>(loop_, full, [&followed] { followed.soon.arm(); }));
    }
  }
  if (found.paths && found.paths->empty()) {
    if (auto why = hidden_from_us(key.pattern)) {
      found.paths = std::move(*why);
    }
  }
  put_(key, found.paths || !root_could_see(found.paths.unseen())
                ? found.paths
                : root_facts_.glob(key.pattern, found.paths.unseen()));
}
}  // namespace checklist::observe
