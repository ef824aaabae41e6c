// SPDX-License-Identifier: MIT
#include "support/owned_facts.hpp"

namespace checklist::testing {
OwnedFacts::OwnedFacts() : facts_(std::make_unique<Facts>()) {}

OwnedFacts::OwnedFacts(const OwnedFacts& other) : facts_(std::make_unique<Facts>(*other)) {}

OwnedFacts::OwnedFacts(OwnedFacts&& other) noexcept = default;

OwnedFacts& OwnedFacts::operator=(const OwnedFacts& other) {
  facts_ = std::make_unique<Facts>(*other);
  return *this;
}

OwnedFacts& OwnedFacts::operator=(OwnedFacts&& other) noexcept = default;

OwnedFacts::~OwnedFacts() = default;
}  // namespace checklist::testing
