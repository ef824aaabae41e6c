// SPDX-License-Identifier: MIT
// What goes over a bus, as plain values.
#pragma once
#include <string>

#include "checklist/value.hpp"

namespace checklist::bus {
enum class Scope { system, user };

struct Signal {
  std::string sender;  // the sender's unique name, which the bus daemon vouches for
  std::string path, interface, member;
  Values body;
};

struct Call {
  std::string destination;  // a unique name, or the bus itself
  std::string path, interface, member;
  Values arguments;  // texts, booleans, unsigned 32 bit numbers, lists of texts
};

struct Reply {
  Values body;
  std::string error;    // the D-Bus error's name; empty when the call succeeded
  std::string message;  // and what it says
};

// Nobody answered: the connection or the one who was asked went away.
bool is_unanswered(const Reply& reply);
}  // namespace checklist::bus
