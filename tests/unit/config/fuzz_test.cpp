// SPDX-License-Identifier: MIT
// Damaged files: each loads or is refused at a place, and none does harm.
#include <random>

#include "config/fixture.hpp"

namespace checklist::config {
namespace {
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const std::string whole =
    R"({"unit": "x.service", "group": "mł", "settle": "1h 30s", "enabled": true,
 "checks": {"service_state": {"max_restarts": 5}, "port_bindings": {"listen": ["tcp:[::1]:80"]}}})";

class Damaged : public Files {
 protected:
  // Whether every problem of this text has a place; a text without one is a spec.
  void expect_place(const std::string& text) {
    write("etc/x.json", text);
    const Loaded loaded = load(locations_);
    EXPECT_THAT(loaded.configuration.services, SizeIs(loaded.problems.empty() ? 1 : 0)) << text;
    for (const Problem& problem : loaded.problems) {
      EXPECT_GT(problem.line, 0U) << text;
      EXPECT_GT(problem.column, 0U) << text;
      EXPECT_THAT(problem.message, Not(IsEmpty())) << text;
    }
  }
};

TEST_F(Damaged, EveryPrefixIsRefusedOnce) {
  for (std::size_t length = 1; length < whole.size(); ++length) {
    expect_place(whole.substr(0, length));
    EXPECT_THAT(load(locations_).problems, SizeIs(1)) << whole.substr(0, length);
  }
  expect_place(whole);
}

TEST_F(Damaged, RandomBytesDoNoHarm) {
  std::mt19937 random(1);  // the same each time
  for (int round = 0; round < 3000; ++round) {
    std::string text = whole;
    for (auto flips = random() % 3 + 1; flips > 0; --flips) {
      text[random() % text.size()] = static_cast<char>(random());
    }
    expect_place(text);
  }
}

TEST_F(Damaged, LostAndRepeatedPiecesDoNoHarm) {
  std::mt19937 random(2);
  for (int round = 0; round < 3000; ++round) {
    const auto at = random() % whole.size();
    const auto length = random() % 12 + 1;
    std::string text = whole;
    if (round % 2 == 0) {
      text.erase(at, length);
    } else {
      text.insert(random() % whole.size(), whole.substr(at, length));
    }
    expect_place(text);
  }
}

TEST_F(Damaged, AFileOfNothingButKeysIsReadInTime) {
  std::string text = "{\"a\": 0";
  while (text.size() < (1 << 20) - 16) {
    text += ",\"a\":0";
  }
  write("etc/x.json", text + "}");
  EXPECT_THAT(load(locations_).problems, SizeIs(33));
}
}  // namespace
}  // namespace checklist::config
