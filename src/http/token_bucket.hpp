// SPDX-License-Identifier: MIT
// A rate limit: one token each interval, of which at most a burst are saved.
#pragma once
#include <optional>

#include "http/protection.hpp"

namespace checklist::http {
class TokenBucket {
 public:
  // A limit other than the present one starts with a full bucket.
  void limit(const RateLimit& limit);

  // Takes a token; returns whether there was one.
  [[nodiscard]] bool take(TimePoint now);

 private:
  RateLimit limit_;
  std::optional<TimePoint> full_at_;  // when the bucket is full again; none: it is full
};
}  // namespace checklist::http
