// SPDX-License-Identifier: MIT
// Captures as JSON, which a process of another user writes and checklistctl reads as root.
#include "ctl/capture/captures_json.hpp"
#include "fuzz/fuzz.hpp"

namespace checklist::fuzz {
const std::size_t longest = 16U << 20U;  // a quarter of what as_user.cpp accepts

void run(std::string_view input) {
  const auto captures = ctl::parse_captures(std::string(input), "dev");
  if (!captures) {
    return;
  }
  for (const ctl::CapturedSpec& each : captures->specs) {
    require(each.spec.at("user") == Value{std::string("dev")}, "a spec is the user's own");
    require(each.spec.at("unit") == Value{each.unit}, "a spec is that of its unit");
  }
  const std::string text = ctl::captures_json(*captures);
  const auto again = ctl::parse_captures(text, "dev");
  require(again && ctl::captures_json(*again) == text, "printed captures read back equal");
}
}  // namespace checklist::fuzz
