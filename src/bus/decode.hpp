// SPDX-License-Identifier: MIT
// Converts D-Bus message bodies to plain values and back. Structs become lists, dictionaries with
// string keys become Dict, and file descriptors become empty values.
#pragma once
#include <optional>

#include "checklist/value.hpp"

namespace sdbus {
class Message;
}

namespace checklist::bus {
// Returns no value if the body cannot be decoded.
[[nodiscard]] std::optional<Values> decode(sdbus::Message& message);
// Appends a string, boolean, unsigned 32 bit integer or list of strings. Throws
// std::invalid_argument for other types.
void encode(sdbus::Message& message, const Value& argument);
}  // namespace checklist::bus
