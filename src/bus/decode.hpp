// SPDX-License-Identifier: MIT
// A D-Bus message's body as plain values and back: structs become lists, dictionaries with text
// keys become Dict, descriptors become nothing.
#pragma once
#include <optional>

#include "checklist/value.hpp"

namespace sdbus {
class Message;
}

namespace checklist::bus {
// Nothing when the body cannot be read.
[[nodiscard]] std::optional<Values> decode(sdbus::Message& message);
// Texts, booleans, unsigned 32 bit numbers and lists of texts; throws std::invalid_argument for
// what no call of ours has.
void encode(sdbus::Message& message, const Value& argument);
}  // namespace checklist::bus
