// SPDX-License-Identifier: MIT
// Observes when the instances of other users last published their reports to this daemon.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "event/loop.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class PublisherObserver : public Observer<PublisherKey> {
 public:
  PublisherObserver(event::Loop& loop, Put<PublisherKey> put) : loop_(loop), put_(std::move(put)) {}

  // Must be called when a report of that user's instance arrives, with the units that its check
  // `failed_units` names.
  void reported(const std::string& user, std::set<std::string> failed_units) {
    const TimePoint now = loop_.now();
    auto& publisher =
        publishers_
            .try_emplace(user, Publisher{.since = now, .last_report = {}, .failed_units = {}})
            .first->second;
    publisher.last_report = now;
    publisher.failed_units = std::move(failed_units);
    put_({user}, publisher);
  }

  // No reports can be received, for this reason.
  void disable(Unseen why) { disabled_ = std::move(why); }

  void follow(const std::set<PublisherKey>& keys) override {
    for (const PublisherKey& key : keys) {
      if (disabled_) {
        put_(key, *disabled_);
        continue;
      }
      const auto fresh = Publisher{.since = loop_.now(), .last_report = {}, .failed_units = {}};
      put_(key, publishers_.try_emplace(key.user, fresh).first->second);
    }
  }

  void look_again() override {}  // reports are pushed

 private:
  event::Loop& loop_;
  std::map<std::string, Publisher>
      publishers_;  // never erased: few users, and `since` must not change
  Put<PublisherKey> put_;
  std::optional<Unseen> disabled_;
};
}  // namespace checklist::observe
