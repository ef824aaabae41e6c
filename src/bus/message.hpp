// SPDX-License-Identifier: MIT
// D-Bus messages as plain values.
#pragma once
#include <string>

#include "checklist/value.hpp"

namespace checklist::bus {
enum class Scope { system, user };

struct Signal {
  std::string sender;  // the unique name that the bus daemon filled in
  std::string path, interface, member;
  Values body;
};

struct Call {
  std::string destination;  // a unique name or org.freedesktop.DBus
  std::string path, interface, member;
  Values arguments;  // strings, booleans, unsigned 32 bit integers, lists of strings
};

struct Reply {
  Values body;
  std::string error;    // the name of the D-Bus error; empty if the call succeeded
  std::string message;  // its text
};

// Returns whether the call was not answered because the connection or the destination is gone.
bool is_unanswered(const Reply& reply);
}  // namespace checklist::bus
