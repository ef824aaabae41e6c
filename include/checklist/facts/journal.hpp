// SPDX-License-Identifier: MIT
// What a unit wrote into the journal, as far as somebody asked for it.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checklist/names.hpp"
#include "checklist/time.hpp"

namespace checklist {
// syslog(3), as systemd spells them.
enum class Priority { emerg, alert, crit, err, warning, notice, info, debug };
template <>
inline constexpr auto names<Priority> = names_of<Priority>({{Priority::emerg, "emerg"},
                                                            {Priority::alert, "alert"},
                                                            {Priority::crit, "crit"},
                                                            {Priority::err, "err"},
                                                            {Priority::warning, "warning"},
                                                            {Priority::notice, "notice"},
                                                            {Priority::info, "info"},
                                                            {Priority::debug, "debug"}});

// Why a message counts: it is urgent enough, the manager tells of a failure, or a pattern is found
// in it.
enum class MessageCause { priority, failure, match };
template <>
inline constexpr auto names<MessageCause> =
    names_of<MessageCause>({{MessageCause::priority, "priority"},
                            {MessageCause::failure, "failure"},
                            {MessageCause::match, "match"}});

struct JournalMessage {
  TimePoint at;  // on this boot's clock
  Priority priority = Priority::err;
  MessageCause cause = MessageCause::priority;
  std::string text;  // cut; for those alone who may read the journal
  bool operator==(const JournalMessage&) const = default;
};

struct JournalMessages {
  std::vector<JournalMessage> latest{};  // oldest first, at most as many as were asked for
  std::optional<TimePoint> suppressed = std::nullopt;  // when rate limiting last dropped some
  bool operator==(const JournalMessages&) const = default;
};

struct JournalMessagesKey {
  std::string unit;                   // as the spec spells it: under that name it is counted
  std::string id;                     // the canonical name, the only one that the journal knows
  Priority priority = Priority::err;  // this or worse counts
  std::vector<std::string> match{};   // so does what one of these is found in, at any priority
  std::vector<std::string> ignore{};  // what one of these is found in does not
  std::uint64_t keep = 1;             // how many of the latest are told
  Duration window{};                  // how far back they are looked for, in this boot
  using Fact = JournalMessages;
  auto operator<=>(const JournalMessagesKey&) const = default;
};

// How many there were. Under `match` those that count for a pattern alone; under `priority` all
// others that are warnings or worse.
enum class MessageClass { priority, match };
template <>
inline constexpr auto names<MessageClass> =
    names_of<MessageClass>({{MessageClass::priority, "priority"}, {MessageClass::match, "match"}});

using MessageCounts = std::map<std::pair<Priority, MessageClass>, std::uint64_t>;
}  // namespace checklist
