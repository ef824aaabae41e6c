// SPDX-License-Identifier: MIT
// When the instances of other users last published their reports here, as whoever takes them tells.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "event/loop.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class PublisherObserver : public Observer<PublisherKey> {
 public:
  PublisherObserver(event::Loop& loop, Put<PublisherKey> put) : loop_(loop), put_(std::move(put)) {}

  // That user's instance published now.
  void reported(const std::string& user) {
    const TimePoint now = loop_.now();
    auto& publisher =
        publishers_.try_emplace(user, Publisher{.since = now, .last_report = {}}).first->second;
    publisher.last_report = now;
    put_({user}, publisher);
  }

  // Nobody can reach us, for that reason.
  void disable(Unseen why) { disabled_ = std::move(why); }

  void follow(const std::set<PublisherKey>& keys) override {
    for (const PublisherKey& key : keys) {
      if (disabled_) {
        put_(key, *disabled_);
        continue;
      }
      const auto fresh = Publisher{.since = loop_.now(), .last_report = {}};
      put_(key, publishers_.try_emplace(key.user, fresh).first->second);
    }
  }

  void look_again() override {}  // nothing is looked at: reports come in

 private:
  event::Loop& loop_;
  std::map<std::string, Publisher> publishers_;  // for good: few users, and `since` must not move
  Put<PublisherKey> put_;
  std::optional<Unseen> disabled_;
};
}  // namespace checklist::observe
