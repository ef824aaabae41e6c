// SPDX-License-Identifier: MIT
// A check's world in a test: a store of facts, a spec and a clock.
//   a_world("x.service").with(UnitKey{"x.service"},
//   active()).at(10min).evaluate(checks::service_state)
#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "checklist/check.hpp"

#include "support/owned_facts.hpp"

namespace checklist::testing {
class World {
 public:
  explicit World(std::string unit) { spec_.unit = std::move(unit); }

  template <class Key>
  World& with(const Key& key, Observed<typename Key::Fact> fact) {
    facts_->put(key, std::move(fact));
    hide_.push_back([key](Facts& facts, const Unseen& why) { facts.put(key, why); });
    return *this;
  }

  // How many facts were given, and making one of them a fact that cannot be seen.
  [[nodiscard]] std::size_t given() const { return hide_.size(); }

  World& hide(std::size_t fact) {
    hide_.at(fact)(*facts_, Unseen{"permission", "access denied", ""});
    return *this;
  }

  // A property of the world's own unit.
  World& property(const std::string& name, Value value) {
    return with(PropertyKey{spec_.unit, name}, std::move(value));
  }

  World& text(const std::string& name, std::string value) {
    return property(name, Value{std::move(value)});
  }

  World& number(const std::string& name, std::uint64_t value) {
    return property(name, Value{value});
  }

  World& at(Duration since_epoch) {
    now_ = TimePoint{since_epoch};
    return *this;
  }

  Spec& spec() { return spec_; }

  // For functions below the checks; one view at a time.
  View view() {
    facts_->forget(0);
    return {*facts_, 0, spec_, now_};
  }

  Facts& facts() { return *facts_; }

  // Evaluates with these arguments; what was pending and when to wake is kept for the questions
  // below.
  Findings evaluate(const CheckDef& def, const Dict& arguments = {}) {
    ConfigErrors errors;
    const BoundCheck bound = def.bind(arguments, "/checks", errors);
    if (!errors.empty()) {
      return {{.status = Status::unknown,
               .subject = errors[0].pointer,
               .reason = "error",
               .expected = errors[0].expected,
               .observed = errors[0].found,
               .hint = {},
               .details = {}}};
    }
    View view(*facts_, 0, spec_, now_);
    facts_->begin(0);
    Findings findings = bound(view);
    facts_->end(0);
    pending_ = facts_->awaits(0);
    wake_at_ = view.wake_at();
    return findings;
  }

  Dict capture(const CheckDef& def) {
    View view(*facts_, 0, spec_, now_);
    return def.capture(view);
  }

  [[nodiscard]] bool pending() const { return pending_; }

  [[nodiscard]] std::optional<TimePoint> wake_at() const { return wake_at_; }

  // Whether the last evaluation asked for exactly this, among others.
  template <class Key>
  [[nodiscard]] bool asked_for(const Key& key) {
    const auto wanted = facts_->wanted<Key>();
    return wanted && wanted->contains(key);
  }

 private:
  OwnedFacts facts_;
  Spec spec_;
  TimePoint now_{std::chrono::hours{1}};
  bool pending_ = false;
  std::optional<TimePoint> wake_at_;
  std::vector<std::function<void(Facts&, const Unseen&)>> hide_;
};

inline World a_world(std::string unit) {
  return World(std::move(unit));
}

inline Unit a_unit(std::string id, ActiveState active, std::string sub,
                   LoadState load = LoadState::loaded) {
  return {.id = std::move(id),
          .load = load,
          .active = active,
          .sub = std::move(sub),
          .job = 0,
          .job_type = {}};
}
}  // namespace checklist::testing
