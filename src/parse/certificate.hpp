// SPDX-License-Identifier: MIT
// The end of an X.509 certificate's validity (RFC 5280).
#pragma once
#include <optional>
#include <string_view>

#include "checklist/time.hpp"

namespace checklist::parse {
// Returns the notAfter of the first certificate in the text, which is a server's own in a file with
// its chain; nothing if there is none. The text is PEM (RFC 7468), or DER.
std::optional<WallTime> certificate_expiry(std::string_view text);
}  // namespace checklist::parse
