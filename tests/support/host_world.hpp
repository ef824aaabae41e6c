// SPDX-License-Identifier: MIT
// A host check's world in a test: a store of facts, specs and a clock.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "checklist/check.hpp"

#include "support/owned_facts.hpp"

namespace checklist::testing {
class HostWorld {
 public:
  template <class Key>
  HostWorld& with(const Key& key, Observed<typename Key::Fact> fact) {
    facts_->put(key, std::move(fact));
    return *this;
  }

  HostWorld& with(Spec spec) {
    specs_.push_back(std::move(spec));
    return *this;
  }

  HostWorld& of_user(std::string user) {
    user_ = std::move(user);
    return *this;
  }

  HostWorld& at(Duration since_epoch) {
    now_ = TimePoint{since_epoch};
    return *this;
  }

  // Evaluates; an error in the arguments fails the test.
  Findings evaluate(const HostCheckDef& def, const Dict& arguments = {}) {
    ConfigErrors errors;
    const BoundHostCheck bound = def.bind(arguments, "/host", errors);
    EXPECT_TRUE(errors.empty()) << (errors.empty() ? "" : errors[0].pointer);
    HostView see(*facts_, 0, nothing_, now_, {.specs = specs_, .user = user_});
    facts_->begin(0);
    Findings findings = bound(see);
    facts_->end(0);
    pending_ = facts_->awaits(0);
    wake_at_ = see.wake_at();
    return findings;
  }

  // "fail reason subject" of each finding that does not pass; "pass" when there is none of those.
  std::vector<std::string> verdicts(const HostCheckDef& def, const Dict& arguments = {}) {
    std::vector<std::string> out;
    for (const Finding& finding : evaluate(def, arguments)) {
      if (finding.status != Status::pass) {
        out.push_back(std::string(text(finding.status)) + " " + finding.reason + " " +
                      finding.subject);
      }
    }
    return out.empty() ? std::vector<std::string>{"pass"} : out;
  }

  Facts& facts() { return *facts_; }

  [[nodiscard]] bool pending() const { return pending_; }

  [[nodiscard]] std::optional<TimePoint> wake_at() const { return wake_at_; }

 private:
  OwnedFacts facts_;
  Spec nothing_;
  std::vector<Spec> specs_;
  std::string user_;
  TimePoint now_{std::chrono::hours{1}};
  bool pending_ = false;
  std::optional<TimePoint> wake_at_;
};
}  // namespace checklist::testing
