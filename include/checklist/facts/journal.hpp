// SPDX-License-Identifier: MIT
// A unit's journal messages that match a check's filter, and their counts.
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

// Why a message counts: its priority, a failure logged by the manager, or a pattern found in it.
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
  std::string text;  // truncated; shown only to users who may read the journal
  bool operator==(const JournalMessage&) const = default;
};

struct JournalMessages {
  std::vector<JournalMessage> latest{};                // oldest first, at most `keep`
  std::optional<TimePoint> suppressed = std::nullopt;  // when rate limiting last dropped some
  bool operator==(const JournalMessages&) const = default;
};

struct JournalMessagesKey {
  std::string unit;  // as the spec spells it; the messages are counted under this name
  std::string id;    // the canonical name, which the journal uses
  Priority priority = Priority::err;  // this or worse counts
  std::vector<std::string>
      match{};  // also counts, at any priority: a message that one of these matches
  std::vector<std::string> ignore{};  // never counts: a message that one of these matches
  std::uint64_t keep = 1;             // the number of latest messages in the fact
  Duration window{};                  // the age up to which they are read, within this boot
  using Fact = JournalMessages;
  auto operator<=>(const JournalMessagesKey&) const = default;
};

// A line of a unit's files that the manager ignored when it last loaded them, from its own log.
struct IgnoredLine {
  std::string file;
  std::uint64_t line = 0;  // 0: not known
  std::string text;        // the manager's message
  auto operator<=>(const IgnoredLine&) const = default;
};

struct IgnoredLinesKey {
  std::string id;                         // the canonical name
  using Fact = std::vector<IgnoredLine>;  // sorted
  auto operator<=>(const IgnoredLinesKey&) const = default;
};

// An error that the kernel logged about a GPU, in this boot.
struct GpuError {
  TimePoint at;      // on this boot's clock
  std::string card;  // "0000:01:00.0"; empty if the message names none
  std::string kind;  // "xid", "fallen_off", "ring_timeout", "hang", …
  std::string text;
  bool operator==(const GpuError&) const = default;
};

struct GpuErrorsKey {
  // The latest of each card and kind, oldest first; none if the journal has no messages of the
  // kernel, as that of a container.
  using Fact = std::optional<std::vector<GpuError>>;
  auto operator<=>(const GpuErrorsKey&) const = default;
};

// The class a message is counted in: `match` if only a pattern makes it count, `priority` for all
// other messages of priority warning or worse.
enum class MessageClass { priority, match };
template <>
inline constexpr auto names<MessageClass> =
    names_of<MessageClass>({{MessageClass::priority, "priority"}, {MessageClass::match, "match"}});

using MessageCounts = std::map<std::pair<Priority, MessageClass>, std::uint64_t>;
}  // namespace checklist
