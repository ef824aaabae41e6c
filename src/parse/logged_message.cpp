// SPDX-License-Identifier: MIT
#include "parse/logged_message.hpp"

#include <algorithm>

namespace checklist::parse {
namespace {
std::optional<Priority> priority_of(const JournalFields& fields) {
  const std::string& digit = field(fields, "PRIORITY");
  return digit.size() == 1 && digit[0] >= '0' && digit[0] <= '7'
             ? std::optional(static_cast<Priority>(digit[0] - '0'))
             : std::nullopt;
}

// Adds every value of a field: PID 1 names all units of an ordering cycle in one entry.
void add_all(const JournalFields& fields, std::string_view name, std::set<std::string>& units) {
  const auto [first, last] = fields.equal_range(name);
  std::for_each(first, last, [&units](const auto& each) { units.insert(each.second); });
}

// Which senders are trusted for each field that names a unit.
std::set<std::string> units_of_pid_1(const JournalFields& fields) {
  std::set<std::string> out{field(fields, "_SYSTEMD_UNIT"), field(fields, "_SYSTEMD_SLICE")};
  if (field(fields, "_PID") == "1") {
    add_all(fields, "UNIT", out);
  }
  if (field(fields, "_UID") == "0") {
    add_all(fields, "OBJECT_SYSTEMD_UNIT", out);
    if (field(fields, "MESSAGE_ID") == message::coredump) {
      add_all(fields, "COREDUMP_UNIT", out);
    }
  }
  return out;
}

// Root logs about the units of every user, so its entries must name the user.
std::set<std::string> units_of_user(const JournalFields& fields, const std::string& uid) {
  const bool is_own = field(fields, "_UID") == uid;
  std::set<std::string> out;
  if (is_own) {
    out = {field(fields, "_SYSTEMD_USER_UNIT"), field(fields, "_SYSTEMD_USER_SLICE")};
    add_all(fields, "USER_UNIT", out);
  }
  const auto is_about = [&](std::string_view whose) {
    const std::string& said = field(fields, whose);
    return (is_own || field(fields, "_UID") == "0") && (said.empty() || said == uid);
  };
  if (is_about("OBJECT_UID")) {
    add_all(fields, "OBJECT_SYSTEMD_USER_UNIT", out);
  }
  if (is_about("COREDUMP_UID")) {
    add_all(fields, "COREDUMP_USER_UNIT", out);
  }
  return out;
}

// "Suppressed 12 messages from x.service": if the process has exited, only the text names
// the unit or cgroup.
std::string suppressed_unit(const std::string& text) {
  constexpr std::string_view before = " messages from ";
  const auto at = text.find(before);
  if (!text.starts_with("Suppressed ") || at == std::string::npos) {
    return {};
  }
  const std::string whose = text.substr(at + before.size());
  return whose.substr(whose.rfind('/') + 1);
}

// These tell that it failed, and not why. That a program of a command with "-" is missing is logged
// as a failure to spawn at priority info.
bool is_failure(const JournalFields& fields) {
  const std::string& id = field(fields, "MESSAGE_ID");
  return id == message::failure_result ||
         (id == message::spawn_failed && priority_of(fields) != Priority::info) ||
         (id == message::failed && field(fields, "JOB_RESULT") == "failed");
}
}  // namespace

LoggedMessage logged_message(const JournalFields& fields, std::optional<std::uint32_t> user) {
  const std::string& id = field(fields, "MESSAGE_ID");
  LoggedMessage out;
  out.priority = priority_of(fields);
  out.text = field(fields, "MESSAGE");
  out.is_failure = is_failure(fields);
  out.is_suppression = id == message::suppressed && field(fields, "_TRANSPORT") == "driver";
  out.units = user ? units_of_user(fields, std::to_string(*user)) : units_of_pid_1(fields);
  if (out.is_suppression && !user) {
    out.units.insert(suppressed_unit(out.text));
  }
  out.units.erase("");
  return out;
}
}  // namespace checklist::parse
