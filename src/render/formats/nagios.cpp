// SPDX-License-Identifier: MIT
#include "render/formats/nagios.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "render/label.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
constexpr std::size_t most_named = 3;
constexpr std::size_t text_bytes = 120;  // of an observation
constexpr std::size_t line_bytes = 400;

std::string_view word(PluginState state) {
  switch (state) {
    case PluginState::ok:
      return "OK";
    case PluginState::warning:
      return "WARNING";
    case PluginState::critical:
      return "CRITICAL";
    case PluginState::unknown:
      break;
  }
  return "UNKNOWN";
}

PluginState state_of(const CheckResult& result) {
  if (result.status() <= Status::pass) {
    return PluginState::ok;
  }
  return result.acknowledged               ? PluginState::warning
         : result.status() == Status::fail ? PluginState::critical
                                           : PluginState::unknown;
}

// The first `|` of the output begins the performance data.
std::string one_line(std::string_view text, std::size_t bytes) {
  std::string out;
  for (const char c : printable(text, bytes)) {
    out += c == '|' ? std::string("¦") : std::string{c};
  }
  return out;
}

struct Tally {
  std::size_t judged = 0;
  std::size_t skipped = 0;
  std::map<PluginState, std::size_t> by_state;  // of those that are judged
};

Tally tally_by_state(const Report& report) {
  Tally out;
  each_check(report, [&out](const std::string& /*unit*/, const CheckResult& result) {
    if (result.status() == Status::skip) {
      ++out.skipped;
      return;
    }
    ++out.judged;
    ++out.by_state[state_of(result)];
  });
  return out;
}

PluginState worst_of(Tally& tally) {
  for (const PluginState state :
       {PluginState::critical, PluginState::warning, PluginState::unknown, PluginState::ok}) {
    if (tally.by_state[state] > 0) {
      return state;
    }
  }
  return PluginState::unknown;
}

std::string summary(PluginState state, Tally& tally) {
  if (tally.judged == 0) {
    return "no check was decided";
  }
  const std::size_t count = tally.by_state[state];
  const bool one = count == 1;
  std::string out = std::to_string(count) + " of " + std::to_string(tally.judged) +
                    (tally.judged == 1 ? " check " : " checks ");
  switch (state) {
    case PluginState::ok:
      return out + (one ? "passes" : "pass");
    case PluginState::warning:
      return out + (one ? "does not pass and is acknowledged" : "do not pass and are acknowledged");
    case PluginState::critical:
      return out + (one ? "fails" : "fail");
    case PluginState::unknown:
      break;
  }
  return out + (one ? "is unknown" : "are unknown");
}

// Returns ": UNIT CHECK: OBSERVED; … and 2 more", the checks in that state.
std::string named(const Report& report, PluginState state) {
  std::string out;
  std::size_t count = 0;
  each_check(report, [&](const std::string& unit, const CheckResult& result) {
    if (state_of(result) != state || ++count > most_named) {
      return;
    }
    const std::string observed = decisive(result);
    out += (out.empty() ? ": " : "; ") + one_line(unit + " " + result.check, text_bytes);
    out += observed.empty() ? "" : ": " + one_line(observed, text_bytes);
  });
  return out + (count > most_named ? "; and " + std::to_string(count - most_named) + " more" : "");
}

std::string performance(Tally& tally) {
  const std::string range = ";0;" + std::to_string(tally.judged + tally.skipped);
  return "pass=" + std::to_string(tally.by_state[PluginState::ok]) + ";;" + range +
         " fail=" + std::to_string(tally.by_state[PluginState::critical]) + ";;0" + range +
         " acknowledged=" + std::to_string(tally.by_state[PluginState::warning]) + ";0;" + range +
         " unknown=" + std::to_string(tally.by_state[PluginState::unknown]) + ";;" + range +
         " skipped=" + std::to_string(tally.skipped) + ";;" + range;
}
}  // namespace

PluginState plugin_state(const Report& report) {
  Tally tally = tally_by_state(report);
  return worst_of(tally);
}

std::string nagios(const Report& report) {
  Tally tally = tally_by_state(report);
  const PluginState state = worst_of(tally);
  return "CHECKLIST " + std::string(word(state)) + " - " + summary(state, tally) +
         (state == PluginState::ok ? "" : named(report, state)) + " | " + performance(tally) + "\n";
}

std::string nagios_unknown(std::string_view why) {
  return "CHECKLIST UNKNOWN - " + one_line(why, line_bytes) + "\n";
}
}  // namespace checklist::render
