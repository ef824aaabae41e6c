// SPDX-License-Identifier: MIT
#include "observe/root/look_since_observer.hpp"

#include <algorithm>

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration longest_wait = 10s;
}  // namespace

LookSinceObserver::LookSinceObserver(event::Loop& loop, Put<LookSinceKey> put,
                                     RootFacts& root_facts)
    : loop_(loop),
      put_(std::move(put)),
      root_facts_(root_facts),
      deadline_(loop.timer([this] { look_again(); })) {}

void LookSinceObserver::follow(const std::set<LookSinceKey>& keys) {
  std::erase_if(followed_, [&keys](const auto& each) { return !keys.contains(each.first); });
  for (const LookSinceKey& key : keys) {
    followed_.try_emplace(key, loop_.now() + longest_wait);
  }
  look_again();
}

void LookSinceObserver::look_again() {
  std::optional<TimePoint> next;
  for (const auto& [key, until] : followed_) {
    if (!root_facts_.serves(key.path) || root_facts_.is_since(key.path, key.since)) {
      put_(key, true);
    } else if (loop_.now() >= until) {
      put_(key, Unseen{"stale", "checklistd-files.service did not look at " + key.path + " again",
                       "run `systemctl start checklistd-files.path checklistd-files.service`"});
    } else {
      next = std::min(next.value_or(until), until);
    }
  }
  if (next) {
    deadline_.arm_at(*next);
  }
}
}  // namespace checklist::observe
