// SPDX-License-Identifier: MIT
#include "observe/journal/message_selection.hpp"

#include <algorithm>
#include <iterator>

#include <systemd/sd-messages.h>

#include "parse/logged_message.hpp"

namespace checklist::observe {
namespace {
namespace message = parse::message;
static_assert(message::spawn_failed == SD_MESSAGE_SPAWN_FAILED_STR);
static_assert(message::coredump == SD_MESSAGE_COREDUMP_STR);
static_assert(message::suppressed == SD_MESSAGE_JOURNAL_DROPPED_STR);

constexpr std::size_t most_named = 64;

Journal::Matches matches(Journal::Matches always, const std::string& field,
                         const std::set<std::string>& units) {
  std::ranges::transform(units, std::back_inserter(always),
                         [&field](const std::string& unit) { return field + "=" + unit; });
  return always;
}

std::set<std::string> slices_of(const std::set<std::string>& units) {
  std::set<std::string> out;
  std::ranges::copy_if(units, std::inserter(out, out.end()),
                       [](const std::string& unit) { return unit.ends_with(".slice"); });
  return out;
}

std::string message_id(std::string_view id) {
  return "MESSAGE_ID=" + std::string(id);
}

const Journal::Matches& suppressions() {
  static const Journal::Matches all{message_id(message::suppressed), "_TRANSPORT=driver"};
  return all;
}

// Attributes entries to units as journalctl(1) does (parse/logged_message.hpp).
Journal::Alternatives about(const std::set<std::string>& units, std::optional<std::uint32_t> user) {
  Journal::Alternatives out;
  const auto slices = slices_of(units);
  if (!user) {
    out = {matches({}, "_SYSTEMD_UNIT", units), matches({"_PID=1"}, "UNIT", units),
           matches({"_UID=0"}, "OBJECT_SYSTEMD_UNIT", units),
           matches({message_id(message::coredump), "_UID=0"}, "COREDUMP_UNIT", units)};
    if (!slices.empty()) {
      out.push_back(matches({}, "_SYSTEMD_SLICE", slices));
    }
    return out;
  }
  const std::string own = "_UID=" + std::to_string(*user);
  out = {matches({own}, "_SYSTEMD_USER_UNIT", units), matches({own}, "USER_UNIT", units),
         matches({own, "_UID=0"}, "OBJECT_SYSTEMD_USER_UNIT", units),
         matches({own, "_UID=0"}, "COREDUMP_USER_UNIT", units)};
  if (!slices.empty()) {
    out.push_back(matches({own}, "_SYSTEMD_USER_SLICE", slices));
  }
  return out;
}
}  // namespace

std::vector<Journal::Alternatives> messages_of(const MessageReaders& readers) {
  Journal::Alternatives urgent{
      {"PRIORITY=0", "PRIORITY=1", "PRIORITY=2", "PRIORITY=3", "PRIORITY=4"}, suppressions()};
  if (!readers.at_any_priority.empty()) {
    std::ranges::copy(about(readers.at_any_priority, readers.user), std::back_inserter(urgent));
  }
  std::vector<Journal::Alternatives> all{std::move(urgent)};
  if (readers.units.size() <= most_named) {
    all.push_back(about(readers.units, readers.user));
    all.back().push_back(suppressions());
  }
  return all;
}
}  // namespace checklist::observe
