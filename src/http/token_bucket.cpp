// SPDX-License-Identifier: MIT
#include "http/token_bucket.hpp"

#include <algorithm>

namespace checklist::http {
void TokenBucket::limit(const RateLimit& limit) {
  if (limit != limit_) {
    limit_ = limit;
    full_at_.reset();
  }
}

bool TokenBucket::take(TimePoint now) {
  if (limit_.interval <= Duration::zero()) {
    return true;
  }
  using Nanoseconds = std::chrono::nanoseconds;
  const TimePoint full_at = std::max(full_at_.value_or(now), now);
  const Nanoseconds missing = full_at - now + limit_.interval;  // with one token less
  const Nanoseconds interval = limit_.interval;
  if ((missing + interval - Nanoseconds{1}) / interval > limit_.burst) {
    return false;
  }
  full_at_ = full_at + limit_.interval;
  return true;
}
}  // namespace checklist::http
