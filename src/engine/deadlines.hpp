// SPDX-License-Identifier: MIT
// The moments at which readers must be evaluated even if no fact changes, in order.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "checklist/facts/store.hpp"
#include "checklist/time.hpp"

namespace checklist::engine {
class Deadlines {
 public:
  // Replaces the reader's moment, or removes it.
  void set(Reader reader, std::optional<TimePoint> moment) {
    if (const auto at = by_reader_.find(reader); at != by_reader_.end()) {
      in_order_.erase({at->second, reader});
      by_reader_.erase(at);
    }
    if (moment) {
      in_order_.emplace(*moment, reader);
      by_reader_.emplace(reader, *moment);
    }
  }

  [[nodiscard]] std::optional<TimePoint> next() const {
    return in_order_.empty() ? std::nullopt : std::optional(in_order_.begin()->first);
  }

  // Moves the readers whose moment has come to `out`.
  void take_due(TimePoint now, std::set<Reader>& out) {
    while (!in_order_.empty() && in_order_.begin()->first <= now) {
      const Reader reader = in_order_.begin()->second;
      out.insert(reader);
      set(reader, std::nullopt);
    }
  }

 private:
  std::set<std::pair<TimePoint, Reader>> in_order_;
  std::map<Reader, TimePoint> by_reader_;
};
}  // namespace checklist::engine
