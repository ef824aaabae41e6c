// SPDX-License-Identifier: MIT
// Whether the next start or reload of a service accepts its configuration as it is on disk: what a
// program says that the spec names for that.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

#include "semantics/files/file_rules.hpp"
#include "semantics/files/test_command.hpp"

namespace checklist::checks {
// Returns the finding of the last test. A new one is asked for if one of the files was modified
// after it, or if the unit was started or reloaded. `files` may be patterns.
Finding config_test(const semantics::TestCommand& command,
                    const std::vector<semantics::PathPattern>& files, View& see);

// Returns "nginx -t refuses the configuration: /etc/nginx/nginx.conf line 3" if the last test of
// the view's unit failed; nothing if it passed or there was none.
std::optional<std::string> refused_configuration(View& see);
}  // namespace checklist::checks
