// SPDX-License-Identifier: MIT
// Systemd on a FakeManager, for the tests of its observers.
#pragma once
#include <gmock/gmock.h>

#include "observe/systemd/systemd.hpp"
#include "unit/observe/systemd/fake_manager.hpp"

namespace checklist::testing {
class SystemdFixture : public ::testing::Test {
 protected:
  // Lets timers and deferred sources fire until `done`.
  bool run_until(const std::function<bool()>& done) {
    return loop_.run_until(done, std::chrono::seconds(10));
  }

  event::Loop loop_;
  FakeManager manager_;
  observe::Systemd systemd_{loop_,
                            bus::Scope::system,
                            {.first = std::chrono::milliseconds(10),
                             .stale = std::chrono::milliseconds(10),
                             .backoff = {}},
                            manager_.factory()};
};
}  // namespace checklist::testing
