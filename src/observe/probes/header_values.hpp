// SPDX-License-Identifier: MIT
// The headers of a probe with their values, read anew each time, so that a renewed token is used
// and none is kept. Unseen names the credential or file, and never repeats what it holds.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "checklist/facts/probes.hpp"
#include "checklist/observed.hpp"

namespace checklist::observe {
// As lines "Name: value". `credentials` is $CREDENTIALS_DIRECTORY, empty when the unit has none.
Observed<std::vector<std::string>> header_lines(const std::map<std::string, HeaderValue>& headers,
                                                const std::string& credentials);
}  // namespace checklist::observe
