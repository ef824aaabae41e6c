// SPDX-License-Identifier: MIT
// As whom a test runs, so that a configuration gains nothing by it: the test reads no file that the
// service could not read itself.
#pragma once
#include <string>
#include <vector>

#include <sys/types.h>

#include "checklist/observed.hpp"

#include "config_test/settings.hpp"

namespace checklist::config_test {
struct Identity {
  uid_t uid = 0;
  gid_t gid = 0;
  std::vector<gid_t> groups{};
  bool reads_all = false;  // CAP_DAC_READ_SEARCH
  bool is_alone = false;   // no service runs as this user
  bool operator==(const Identity&) const = default;
};

// The account of tests for services that run as root or as a dynamic user.
inline constexpr auto test_account = "checklistd-test";

// Returns the service's own user and groups; for root, an account of its own that may read all
// files. Unseen if an account does not exist.
Observed<Identity> identity_for(const Settings& settings,
                                const std::string& account = test_account);

// Gives the process this identity, and no privilege but to listen on any port and, if so, to read
// all files. Throws std::system_error.
void become(const Identity& identity);
}  // namespace checklist::config_test
