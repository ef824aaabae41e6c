// SPDX-License-Identifier: MIT
#include "observe/own/publisher_observer.hpp"

#include <gtest/gtest.h>

namespace checklist::observe {
namespace {
class PublisherObserverTest : public ::testing::Test {
 protected:
  event::Loop loop_;
  std::map<std::string, Observed<Publisher>> facts_;
  PublisherObserver observer_{
      loop_, [this](const PublisherKey& key, auto fact) { facts_[key.user] = std::move(fact); }};
};

TEST_F(PublisherObserverTest, KnowsSinceWhenItWaitsForAFirstReport) {
  observer_.follow({{"dev"}});
  EXPECT_FALSE(facts_.at("dev")->last_report);
  const auto since = facts_.at("dev")->since;
  observer_.reported("dev", {"x.service"});
  EXPECT_TRUE(facts_.at("dev")->last_report);
  EXPECT_EQ(facts_.at("dev")->since, since);
  EXPECT_EQ(facts_.at("dev")->failed_units, std::set<std::string>{"x.service"});
}

TEST_F(PublisherObserverTest, RemembersAReportFromBeforeItWasFollowed) {
  observer_.reported("dev", {});
  observer_.follow({{"dev"}});
  EXPECT_TRUE(facts_.at("dev")->last_report);
}

TEST_F(PublisherObserverTest, IsUnseenWhereReportsCannotArrive) {
  observer_.disable(Unseen{"unsupported", "no socket", ""});
  observer_.follow({{"dev"}});
  EXPECT_EQ(facts_.at("dev").unseen().why, "no socket");
}
}  // namespace
}  // namespace checklist::observe
