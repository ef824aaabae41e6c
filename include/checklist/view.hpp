// SPDX-License-Identifier: MIT
// What a check of one service sees during one evaluation. Reading a fact or asking whether a moment
// has passed subscribes the check to it.
#pragma once
#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checklist/facts/store.hpp"
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

  // Returns a property of this view's own unit as it was observed.
  const Observed<Value>& observed(std::string name) {
    return (*this)[PropertyKey{unit(), std::move(name)}];
  }

  // Returns a property of this view's own unit; nothing if it is pending, unseen or of another
  // type.
  template <class T>
  std::optional<T> property(const std::string& name) {
    const auto& seen = observed(name);
    const auto* value = seen ? seen->template get<T>() : nullptr;
    return value != nullptr ? std::optional(*value) : std::nullopt;
  }

  // Returns a string property, or an empty string.
  std::string text(const std::string& name) {
    return property<std::string>(name).value_or(std::string());
  }

  // Returns the strings of a list property, as TriggeredBy or Names.
  std::vector<std::string> list(const std::string& name) {
    return texts(property<Values>(name).value_or(Values{}));
  }

  // Returns a timestamp or a length in µs; nothing if it is unset (0 or UINT64_MAX).
  std::optional<std::uint64_t> usec(const std::string& name) {
    const auto value = property<std::uint64_t>(name);
    return value && is_set(*value) ? value : std::nullopt;
  }

  // Returns a timestamp of CLOCK_MONOTONIC; nothing if it is unset.
  std::optional<TimePoint> moment(const std::string& name) {
    const auto value = usec(name);
    return value ? std::optional(monotonic(*value)) : std::nullopt;
  }

  // Returns why the first of these properties without a value could not be seen. Asks for all.
  std::optional<Unseen> unseen_among(std::initializer_list<const char*> names) {
    std::optional<Unseen> out;
    for (const char* name : names) {
      const auto& seen = observed(name);
      if (!seen && !out) {
        out = seen.unseen();
      }
    }
    return out;
  }

  // Returns a view of another unit, as if that were the spec's. Borrows `other`; its wake_at() is
  // its own.
  [[nodiscard]] View beside(const Spec& other) const { return {facts_, reader_, other, now_}; }

  // Returns whether the moment has passed; if not, schedules an evaluation for it.
  bool passed(TimePoint moment) {
    if (now_ >= moment) {
      return true;
    }
    wake_at_ = std::min(wake_at_.value_or(moment), moment);
    return false;
  }

  // Returns the earliest moment that was asked for and has not passed.
  [[nodiscard]] std::optional<TimePoint> wake_at() const { return wake_at_; }

 private:
  Facts& facts_;
  Reader reader_;
  const Spec& spec_;
  TimePoint now_;
  std::optional<TimePoint> wake_at_;
};
}  // namespace checklist
