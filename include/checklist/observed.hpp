// SPDX-License-Identifier: MIT
// A fact as far as it is known: a value, why it could not be seen, or not looked at yet.
#pragma once
#include <string>
#include <utility>
#include <variant>

namespace checklist {
// Not being able to look is data: it makes a finding `unknown`, never `fail`, never an exception.
struct Unseen {
  std::string reason;  // one word: permission, unsupported, own_sandbox, stale, bus, …
  std::string why;     // a sentence: what could not be read and what the system said
  std::string remedy;  // what would make it readable; may be empty
  bool operator==(const Unseen&) const = default;
};

template <class T>
class [[nodiscard]] Observed {
 public:
  Observed() = default;  // pending: nobody has looked yet

  // Implicit on purpose: `return value;` and `return Unseen{…};` both read well.
  Observed(T value) : state_(std::move(value)) {}  // NOLINT(google-explicit-constructor)

  Observed(Unseen unseen) : state_(std::move(unseen)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool pending() const { return state_.index() == 0; }

  explicit operator bool() const { return state_.index() == 2; }

  const T& operator*() const { return std::get<2>(state_); }

  const T* operator->() const { return &**this; }

  // Why there is no value; only where there is none.
  [[nodiscard]] Unseen unseen() const {
    return pending() ? Unseen{"pending", "nobody has looked yet", ""} : std::get<1>(state_);
  }

  bool operator==(const Observed&) const = default;

 private:
  std::variant<std::monostate, Unseen, T> state_;
};
}  // namespace checklist
