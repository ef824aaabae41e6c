// SPDX-License-Identifier: MIT
#include "engine/findings_of.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace checklist::engine {
namespace {
struct Check {
  Findings findings;
  bool throws = false;

  Findings run(int& /*view*/) const {
    return throws ? throw std::runtime_error("broken") : findings;
  }
};

Findings found(const Check& check) {
  int view = 0;
  return findings_of(check, view);
}

Finding finding(Status status, std::size_t number) {
  return {.status = status, .subject = std::to_string(number), .observed = "nothing"};
}

TEST(FindingsOf, AreThoseOfTheCheck) {
  const Findings all{finding(Status::pass, 1), finding(Status::fail, 2)};
  EXPECT_EQ(found({.findings = all}), all);
}

TEST(FindingsOf, AnExceptionIsOneThatIsUnknown) {
  const Findings all = found({.findings = {}, .throws = true});
  ASSERT_EQ(all.size(), 1);
  EXPECT_EQ(all[0].status, Status::unknown);
  EXPECT_EQ(all[0].observed, "an error in checklistd: broken");
}

TEST(FindingsOf, AreTheWorstIfThereAreTooMany) {
  Findings all;
  for (std::size_t i = 0; i < 3000; ++i) {
    all.push_back(finding(i == 2500 ? Status::fail : Status::pass, i));
  }
  const Findings kept = found({.findings = all});
  ASSERT_EQ(kept.size(), most_findings);
  EXPECT_EQ(kept[0].subject, "2500");
  EXPECT_EQ(kept[1].subject, "0");
  EXPECT_EQ(kept.back().status, Status::pass);
  EXPECT_EQ(kept.back().observed, "2001 more findings, at most as bad as this: nothing");
}
}  // namespace
}  // namespace checklist::engine
