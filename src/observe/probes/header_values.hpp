// SPDX-License-Identifier: MIT
// Reads the values of a probe's HTTP headers. They are reread for every probe, so that renewed
// tokens are used and none is kept in memory. Unseen names the credential or file, never its
// contents.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "checklist/facts/probes.hpp"
#include "checklist/observed.hpp"

namespace checklist::observe {
// Returns lines "Name: value". `credentials` is $CREDENTIALS_DIRECTORY; empty if it is not set.
Observed<std::vector<std::string>> header_lines(const std::map<std::string, HeaderValue>& headers,
                                                const std::string& credentials);
}  // namespace checklist::observe
