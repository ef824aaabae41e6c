// SPDX-License-Identifier: MIT
#include "observe/journal/gpu_error_observer.hpp"

#include <optional>

#include <gtest/gtest.h>

#include "support/journal.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

const std::string now_boot(32, 'b');
const std::string former_boot(32, 'a');
constexpr std::int64_t boot_wall = 1'700'000'000;  // of this boot's start, in s
constexpr auto off_the_bus = "NVRM: Xid (PCI:0000:01:00): 79, GPU has fallen off the bus.";

class GpuErrorObserverTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::access(testing::journal_remote, X_OK) != 0) {
      GTEST_SKIP() << "needs systemd-journal-remote";
    }
    writer_.emplace(directory_.path() / "system.journal");
  }

  void say(Duration at, const std::string& text, const std::string& boot = now_boot,
           const std::string& transport = "kernel") {
    writer_->write({{"__REALTIME_TIMESTAMP", std::to_string(boot_wall * 1'000'000 + at.count())},
                    {"__MONOTONIC_TIMESTAMP", std::to_string(at.count())},
                    {"_BOOT_ID", boot},
                    {"_TRANSPORT", transport},
                    {"MESSAGE", text}});
  }

  bool turns_to(const std::function<bool(const Observed<GpuErrorsKey::Fact>&)>& is) {
    return loop_.run_until([&] { return !fact_.pending() && is(fact_); }, 5s);
  }

  bool follow() {
    writer_.reset();
    observer_.follow({GpuErrorsKey{}});
    return turns_to([](const auto&) { return true; });
  }

  testing::TemporaryDirectory directory_;
  std::optional<testing::JournalWriter> writer_;
  event::Loop loop_;
  Observed<GpuErrorsKey::Fact> fact_;
  GpuErrorObserver observer_{
      loop_,
      [this](const GpuErrorsKey&, auto fact) { fact_ = std::move(fact); },
      directory_.path(),
      {.id = now_boot, .began = TimePoint{}, .epoch = WallTime{std::chrono::seconds{boot_wall}}}};
};

TEST_F(GpuErrorObserverTest, FindsTheLatestOfEachKindInThisBoot) {
  say(1s, off_the_bus, former_boot);
  say(2s, "NVRM: loading NVIDIA UNIX x86_64 Kernel Module");
  say(3s, "amdgpu 0000:0b:00.0: amdgpu: GPU reset begin!");
  say(4s, off_the_bus);
  say(5s, "amdgpu 0000:0b:00.0: amdgpu: GPU reset begin!");
  say(6s, off_the_bus, now_boot, "stdout");
  ASSERT_TRUE(follow());
  ASSERT_TRUE(fact_);
  const auto& errors = fact_->value();
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors.at(0).kind, "xid 79");
  EXPECT_EQ(errors.at(0).at, TimePoint{4s});
  EXPECT_EQ(errors.at(1).kind, "reset");
  EXPECT_EQ(errors.at(1).at, TimePoint{5s});
}

TEST_F(GpuErrorObserverTest, FindsNoneInAHealthyBoot) {
  say(2s, "NVRM: loading NVIDIA UNIX x86_64 Kernel Module");
  ASSERT_TRUE(follow());
  ASSERT_TRUE(fact_);
  EXPECT_TRUE(fact_->value().empty());
}

TEST_F(GpuErrorObserverTest, DoesNotTakeAJournalWithoutTheKernelsLogForAHealthyOne) {
  say(2s, "Started x.service", now_boot, "journal");
  ASSERT_TRUE(follow());
  ASSERT_TRUE(fact_);
  EXPECT_EQ(*fact_, std::nullopt);
}

TEST_F(GpuErrorObserverTest, HearsOfNewOnes) {
  say(2s, "Linux version 6.1");
  ASSERT_TRUE(follow());
  writer_.emplace(directory_.path() / "system@later.journal");
  say(9s, off_the_bus);
  writer_.reset();
  observer_.look_again();
  EXPECT_TRUE(turns_to([](const auto& fact) { return fact && fact->value().size() == 1; }));
}
}  // namespace
}  // namespace checklist::observe
