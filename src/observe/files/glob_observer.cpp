// SPDX-License-Identifier: MIT
#include "observe/files/glob_observer.hpp"

#include <system_error>

#include <sys/inotify.h>

#include "observe/files/file_status.hpp"
#include "observe/files/own_sandbox.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr std::uint32_t comings_and_goings = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                                             IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::size_t most_watches = 64;  // of one pattern; beyond, the resync looks again
// Where many files come and go it is looked a few times in a second.
constexpr Duration storm_interval = 500ms;
constexpr unsigned storm_burst = 5;
}  // namespace

struct GlobObserver::Followed {
  std::set<std::string> directories;
  std::vector<std::unique_ptr<PathTrail>> trails;  // of directories that may come
  std::vector<event::Source> watches;
  event::Source soon;
};

GlobObserver::GlobObserver(event::Loop& loop, Put<GlobKey> put, WrittenFacts& written,
                           std::string root)
    : loop_(loop), put_(std::move(put)), written_(written), root_(std::move(root)) {}

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

// Watches anew each time: a directory of the same name may be another by now.
void GlobObserver::look(const GlobKey& key, Followed& followed) {
  Matches found = matches_of(root_, key.pattern);
  followed.watches.clear();
  followed.trails.clear();
  for (const std::string& directory : found.directories) {
    if (followed.watches.size() + followed.trails.size() >= most_watches) {
      break;
    }
    const std::string full = root_ == "/" ? directory : root_ + directory;
    try {
      followed.watches.push_back(
          loop_.inotify(full, comings_and_goings,
                        [&followed](std::uint32_t, const std::string&) { followed.soon.arm(); }));
    } catch (const std::system_error&) {  // it is not there, or may not be looked at
      followed.trails.push_back(
          std::make_unique<PathTrail>(loop_, full, [&followed] { followed.soon.arm(); }));
    }
  }
  if (found.paths && found.paths->empty()) {
    if (auto why = hidden_from_us(key.pattern)) {
      found.paths = std::move(*why);
    }
  }
  put_(key, found.paths || !may_be_written_down(found.paths.unseen())
                ? found.paths
                : written_.glob(key.pattern, found.paths.unseen()));
}
}  // namespace checklist::observe
