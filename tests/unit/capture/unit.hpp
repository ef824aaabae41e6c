// SPDX-License-Identifier: MIT
// Captured units, without a host.
#pragma once
#include <string>
#include <utility>

#include "capture/captured_unit.hpp"
#include "config/json.hpp"

namespace checklist::capture {
inline Dict parsed(const std::string& text) {
  return *config::parse_json(text).value->get<Dict>();
}

// A unit with some checks that apply to it and no arguments.
inline CapturedUnit captured(const std::string& name) {
  CapturedUnit out;
  out.unit = out.id = name;
  out.exists = true;
  out.names = {name};
  for (const char* check :
       {"boot_start", "files", "gpu_device_access", "journal_errors", "port_bindings"}) {
    out.checks[check] = {.arguments = {}, .status = Status::pass, .reasons = {}};
  }
  return out;
}
}  // namespace checklist::capture
