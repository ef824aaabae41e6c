// SPDX-License-Identifier: MIT
#include "checks/logs/hidden_output.hpp"

#include <algorithm>
#include <array>

#include "checks/definition/next_start.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
constexpr auto subject = "output";
constexpr auto reason = "elsewhere";
constexpr auto expected = "messages of the unit are stored in the journal";
constexpr std::int64_t priority_bits = 7;  // the rest of SyslogLevel= is the facility

struct Place {
  std::string_view type;  // of StandardOutput=
  std::string_view name;
};

// Types that are not listed lead to the journal ("journal", "journal+console", and "syslog" before
// systemd 246). What is written to the kernel's log is no longer the unit's.
constexpr std::array<Place, 11> places{{{"null", "/dev/null"},
                                        {"tty", "a terminal"},
                                        {"tty-force", "a terminal"},
                                        {"tty-fail", "a terminal"},
                                        {"kmsg", "the kernel's log"},
                                        {"kmsg+console", "the kernel's log"},
                                        {"socket", "a socket"},
                                        {"fd", "a descriptor of its socket unit"},
                                        {"file", "a file"},
                                        {"append", "a file"},
                                        {"truncate", "a file"}}};

// Returns where a stream leads; empty if it leads to the journal.
std::string_view place_of(std::string_view type) {
  const auto* const at = std::ranges::find(places, type, &Place::type);
  return at != places.end() ? at->name : std::string_view();
}

struct Streams {
  std::string_view output;
  std::string_view error;
};

// "inherit" is the stream before it, of input, output and error.
Streams streams_of(View& see) {
  std::string input = see.text("StandardInput");
  input = input.empty() || input == "data" ? "null" : input;
  std::string output = see.text("StandardOutput");
  output = output == "inherit" ? input : output;
  std::string error = see.text("StandardError");
  error = error == "inherit" ? output : error;
  return {.output = place_of(output), .error = place_of(error)};
}

std::string description(const Streams& streams) {
  const std::string output = "standard output goes to " + std::string(streams.output);
  const std::string error(streams.error);
  if (streams.output == streams.error) {
    return "standard output and error go to " + error;
  }
  return streams.error.empty()    ? output
         : streams.output.empty() ? "standard error goes to " + error
                                  : output + ", standard error to " + error;
}

Finding redirected(const Streams& streams, View& see) {
  const std::string settings = streams.error.empty() ? "StandardOutput=journal"
                               : streams.output.empty()
                                   ? "StandardError=journal"
                                   : "StandardOutput=journal and StandardError=journal";
  return unknown(
      {.subject = subject,
       .reason = reason,
       .expected = expected,
       .observed = description(streams),
       .hint = restart_advice(see, "set " + settings + " in the definition of " + see.unit()) +
               "; or remove `match`: what systemd logs of the unit is seen"});
}

Finding in_namespace(View& see) {
  return unknown(
      {.subject = subject,
       .reason = reason,
       .expected = expected,
       .observed = "messages go to another journal namespace (LogNamespace=)",
       .hint = restart_advice(see, "remove LogNamespace= from the definition of " + see.unit()) +
               "; or set \"journal_errors\": false, and watch that namespace"});
}

Finding dropped(Priority most, Priority needed, View& see) {
  return unknown({.subject = subject,
                  .reason = reason,
                  .expected = expected,
                  .observed = "messages less urgent than " + std::string(text(most)) +
                              " are dropped (LogLevelMax=)",
                  .hint = restart_advice(see, "set LogLevelMax=" + std::string(text(needed)) +
                                                  " in the definition of " + see.unit())});
}

// Returns a setting of a priority; nothing if it is not set.
std::optional<Priority> priority_in(View& see, const std::string& name) {
  const auto value = see.property<std::int64_t>(name);
  return value && *value >= 0 ? std::optional(static_cast<Priority>(*value & priority_bits))
                              : std::nullopt;
}

// A unit of a type without these settings has none that hides anything.
std::optional<Unseen> gap(View& see) {
  for (const char* name : {"LogNamespace", "LogLevelMax", "SyslogLevel", "StandardInput",
                           "StandardOutput", "StandardError"}) {
    auto unseen = see.unseen_among({name});
    if (unseen && unseen->reason != "unsupported") {
      return unseen;
    }
  }
  return std::nullopt;
}
}  // namespace

Findings hidden_output(const WantedMessages& want, View& see) {
  const auto type = semantics::unit_type(see.unit());
  if (type != "service" && type != "socket" && type != "mount" && type != "swap") {
    return {};
  }
  if (const auto unseen = gap(see)) {
    return {unknown(subject, expected, *unseen)};
  }
  Findings out;
  if (see.spec().user.empty() && !see.text("LogNamespace").empty()) {
    out.push_back(in_namespace(see));
  }
  // The manager's messages about the unit are dropped, too: "Failed with result" is a warning.
  const Priority of_lines = priority_in(see, "SyslogLevel").value_or(Priority::info);
  const Priority of_manager = std::max(want.priority, Priority::warning);
  const Priority needed = want.at_any_priority ? std::max(of_lines, of_manager) : of_manager;
  const auto most = priority_in(see, "LogLevelMax");
  if (most && *most < needed) {
    out.push_back(dropped(*most, needed, see));
  }
  const Streams streams = streams_of(see);
  const bool counts = want.at_any_priority || of_lines <= want.priority;
  if (counts && type == "service" && !(streams.output.empty() && streams.error.empty())) {
    out.push_back(redirected(streams, see));
  }
  return out;
}
}  // namespace checklist::checks
