// SPDX-License-Identifier: MIT
// The exercises that checklistctl recorded.
#pragma once
#include <set>
#include <string>
#include <utility>

#include "observe/observer.hpp"

namespace checklist::observe {
class ExerciseObserver : public Observer<ExerciseKey> {
 public:
  explicit ExerciseObserver(Put<ExerciseKey> put) : put_(std::move(put)) {}

  // Replaces all records.
  void know(Observed<Exercises> records) {
    records_ = std::move(records);
    look_again();
  }

  void follow(const std::set<ExerciseKey>& keys) override {
    followed_ = keys;
    look_again();
  }

  void look_again() override {
    for (const ExerciseKey& key : followed_) {
      put_(key, look(key.unit));
    }
  }

 private:
  [[nodiscard]] Observed<std::optional<Exercise>> look(const std::string& unit) const {
    if (!records_) {
      return records_.unseen();
    }
    const auto at = records_->find(unit);
    return at != records_->end() ? std::optional(at->second) : std::nullopt;
  }

  Put<ExerciseKey> put_;
  std::set<ExerciseKey> followed_;
  Observed<Exercises> records_{Exercises{}};
};
}  // namespace checklist::observe
