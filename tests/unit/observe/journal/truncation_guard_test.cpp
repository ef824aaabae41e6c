// SPDX-License-Identifier: MIT
#include "observe/journal/truncation_guard.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "event/fd.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
class TruncationGuardTest : public ::testing::Test {
 protected:
  TruncationGuardTest() {
    EXPECT_EQ(::ftruncate(file_.get(), size_), 0);
    mapped_ = static_cast<const volatile char*>(
        ::mmap(nullptr, static_cast<std::size_t>(size_), PROT_READ, MAP_SHARED, file_.get(), 0));
  }

  ~TruncationGuardTest() override {
    ::munmap(const_cast<char*>(mapped_), static_cast<std::size_t>(size_));
  }

  const testing::TemporaryDirectory directory_;
  const event::Fd file_{
      ::open((directory_.path() / "file").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  const off_t size_ = 2 * ::sysconf(_SC_PAGESIZE);
  const volatile char* mapped_ = nullptr;
};

TEST_F(TruncationGuardTest, ReadsZerosBeyondTheEnd) {
  const TruncationGuard guard;
  EXPECT_EQ(::ftruncate(file_.get(), 0), 0);
  EXPECT_EQ(mapped_[0], 0);
  EXPECT_EQ(mapped_[size_ - 1], 0);
  EXPECT_TRUE(guard.was_truncated());
}

TEST_F(TruncationGuardTest, KnowsWhichOneWasTruncated) {
  const TruncationGuard outer;
  EXPECT_EQ(::ftruncate(file_.get(), 0), 0);
  {
    const TruncationGuard inner;
    EXPECT_FALSE(inner.was_truncated());
    EXPECT_EQ(mapped_[0], 0);
    EXPECT_TRUE(inner.was_truncated());
  }
  EXPECT_TRUE(outer.was_truncated());
  const TruncationGuard later;
  EXPECT_FALSE(later.was_truncated());
}

TEST_F(TruncationGuardTest, LeavesOtherReadsToTheProcess) {
  EXPECT_EXIT(
      {
        { const TruncationGuard over; }
        (void)::ftruncate(file_.get(), 0);
        (void)mapped_[0];
      },
      ::testing::KilledBySignal(SIGBUS), "");
}
}  // namespace
}  // namespace checklist::observe
