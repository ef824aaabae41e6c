// SPDX-License-Identifier: MIT
// One service's eyes for one evaluation: it asks for facts and for time, and so says what it
// depends on.
#pragma once
#include <optional>
#include <string>

#include "checklist/facts.hpp"
#include "checklist/spec.hpp"

namespace checklist {
class View {
 public:
  // Borrows both for its own lifetime.
  View(Facts& facts, Reader reader, const Spec& spec, TimePoint now)
      : facts_(facts), reader_(reader), spec_(spec), now_(now) {}

  [[nodiscard]] const Spec& spec() const { return spec_; }

  [[nodiscard]] const std::string& unit() const { return spec_.unit; }

  template <class Key>
  const Observed<typename Key::Fact>& operator[](const Key& key) {
    return facts_.read(key, reader_);
  }

  // A property of this view's own unit.
  const Observed<Value>& property(std::string name) {
    return (*this)[PropertyKey{unit(), std::move(name)}];
  }

  // The same eyes upon another unit, as if that were the spec's; borrows it. Of time it asks for
  // itself alone.
  [[nodiscard]] View beside(const Spec& other) const { return {facts_, reader_, other, now_}; }

  // Asks the clock: whether that moment is over. False also means "wake me then".
  bool passed(TimePoint moment) {
    if (now_ >= moment) {
      return true;
    }
    wake_at_ = std::min(wake_at_.value_or(moment), moment);
    return false;
  }

  // The earliest moment that was asked for and is not over.
  [[nodiscard]] std::optional<TimePoint> wake_at() const { return wake_at_; }

 private:
  Facts& facts_;
  Reader reader_;
  const Spec& spec_;
  TimePoint now_;
  std::optional<TimePoint> wake_at_;
};
}  // namespace checklist
