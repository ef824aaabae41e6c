// SPDX-License-Identifier: MIT
#include "observe/proc/held_files_observer.hpp"

#include <utility>

#include <sys/stat.h>

#include "observe/proc/process_observer.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration longest_wait = 4s + 100ms;  // a little longer than that of RootFacts
constexpr Duration longest_reader = 1s;
}  // namespace

HeldFilesObserver::HeldFilesObserver(event::Loop& loop, Put<HeldFilesKey> put,
                                     RootFacts& root_facts, std::string cgroup_root)
    : loop_(loop),
      put_(std::move(put)),
      root_facts_(root_facts),
      root_(std::move(cgroup_root)),
      poll_(loop, values_interval, [this](const HeldFilesKey& key) { look(key); }),
      again_(loop.timer([this] {
        for (const HeldFilesKey& key : std::exchange(pending_, {})) {
          poll_.look_at(key);
        }
      })) {}

void HeldFilesObserver::follow(const std::set<HeldFilesKey>& keys) {
  std::erase_if(pending_, [&keys](const HeldFilesKey& key) { return !keys.contains(key); });
  poll_.follow(keys);
}

void HeldFilesObserver::unit_turned(const std::string& unit) {
  reader_.reset();
  const std::string end = "/" + unit;
  for (const HeldFilesKey& key : poll_.followed()) {
    if (key.cgroup.ends_with(end)) {
      poll_.look_at(key);
    }
  }
}

void HeldFilesObserver::look(const HeldFilesKey& key) {
  const std::string directory = root_ + key.cgroup;

  struct stat status {};

  if (key.cgroup.empty() || ::stat(directory.c_str(), &status) != 0) {
    put_(key, Unseen{"gone", "no cgroup " + directory, ""});
    return;
  }
  if (!reader_ || loop_.now() >= reader_until_) {
    reader_.emplace();
    reader_until_ = loop_.now() + longest_reader;
  }
  auto held = reader_->read(directory);
  if (!held && root_could_see(held.unseen())) {
    held = root_facts_.held(key.cgroup, status.st_ino, held.unseen());
  }
  if (held.pending()) {
    if (pending_.empty()) {
      again_.arm_at(loop_.now() + longest_wait);
    }
    pending_.insert(key);
  }
  put_(key, std::move(held));
}
}  // namespace checklist::observe
