// SPDX-License-Identifier: MIT
// Facts that a test's world holds by value. Copying and destroying them is compiled once, in
// owned_facts.cpp: it takes the compiler two seconds, for every kind of fact.
#pragma once
#include <memory>

#include "checklist/facts/store.hpp"

namespace checklist::testing {
class OwnedFacts {
 public:
  OwnedFacts();
  OwnedFacts(const OwnedFacts& other);
  OwnedFacts(OwnedFacts&& other) noexcept;
  OwnedFacts& operator=(const OwnedFacts& other);
  OwnedFacts& operator=(OwnedFacts&& other) noexcept;
  ~OwnedFacts();

  [[nodiscard]] Facts& operator*() const { return *facts_; }

  [[nodiscard]] Facts* operator->() const { return facts_.get(); }

 private:
  std::unique_ptr<Facts> facts_;
};
}  // namespace checklist::testing
