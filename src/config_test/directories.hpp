// SPDX-License-Identifier: MIT
// The directories that programs expect below /run and /var/log, where the sandbox of
// checklistd-config-test.service has empty file systems of its own.
#pragma once
#include <string>
#include <vector>

#include "config_test/identity.hpp"

namespace checklist::config_test {
// Makes the directories that are below `from` also below `to`, writable by all. Follows no links.
void mirror_directories(const std::string& from, const std::string& to);

// Makes these directories below `run`, as RuntimeDirectory= does: for a service of root's they are
// root's alone, as sshd(8) wants it, for others all may write there.
void make_runtime_directories(const std::string& run, const std::vector<std::string>& names,
                              const Identity& identity);
}  // namespace checklist::config_test
