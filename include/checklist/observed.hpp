// SPDX-License-Identifier: MIT
// A fact: a value, the reason why it could not be observed, or pending.
#pragma once
#include <string>
#include <utility>
#include <variant>

namespace checklist {
// A failed observation is data: it makes a finding `unknown`, never `fail`, never an exception.
struct Unseen {
  std::string reason;  // one word: permission, unsupported, own_sandbox, stale, bus, …
  std::string why;     // a sentence: what could not be read, and the system's error
  std::string remedy;  // how to make it readable; may be empty
  bool operator==(const Unseen&) const = default;

  // Returns whether the source is readable, and has no such object.
  [[nodiscard]] bool is_absence() const {
    return reason == "gone" || reason == "no_certificate" || reason == "not_tested";
  }
};

template <class T>
class [[nodiscard]] Observed {
 public:
  Observed() = default;  // pending: not observed yet

  // Implicit on purpose: `return value;` and `return Unseen{…};` both read well.
  Observed(T value) : state_(std::move(value)) {}  // NOLINT(google-explicit-constructor)

  Observed(Unseen unseen) : state_(std::move(unseen)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool pending() const { return state_.index() == 0; }

  explicit operator bool() const { return state_.index() == 2; }

  const T& operator*() const { return std::get<2>(state_); }

  const T* operator->() const { return &**this; }

  // Returns why there is no value. Must be called only without a value.
  [[nodiscard]] Unseen unseen() const {
    return pending() ? Unseen{"pending", "not observed yet", ""} : std::get<1>(state_);
  }

  bool operator==(const Observed&) const = default;

 private:
  std::variant<std::monostate, Unseen, T> state_;
};
}  // namespace checklist
