// SPDX-License-Identifier: MIT
#include "parse/history_entry.hpp"

#include <algorithm>
#include <charconv>

#include "semantics/unit/exit_status.hpp"

namespace checklist::parse {
namespace {
constexpr std::size_t longest_word = 64;  // longer results are malformed

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= longest_word &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

// A start that a condition prevented has no MESSAGE_ID of its own: its job is done, and only the
// text differs. "x was skipped because of an unmet condition check (ConditionPathExists=/run/x).",
// "x was skipped because no trigger condition checks were met."; since systemd 257 "x skipped,
// unmet condition check ConditionPathExists=/run/x", "x skipped, no trigger condition checks were
// met."; before 252 and of ExecCondition= "Condition check resulted in x being skipped."
bool tells_of_a_skip(std::string_view text) {
  return text.find(" was skipped because of an unmet condition check (") !=
             std::string_view::npos ||
         text.find(" skipped, unmet condition check Condition") != std::string_view::npos ||
         text.ends_with(" was skipped because no trigger condition checks were met.") ||
         text.ends_with(" skipped, no trigger condition checks were met.") ||
         (text.starts_with("Condition check resulted in ") && text.ends_with(" being skipped."));
}

UnitEvent job_done(const JournalFields& fields) {
  const std::string& result = field(fields, "JOB_RESULT");
  const std::string& text = field(fields, "MESSAGE");
  if (field(fields, "JOB_TYPE") != "start" || !is_word(result)) {
    return {};
  }
  if (result == "done") {
    return tells_of_a_skip(text) ? UnitEvent(StartRefused{"condition", text})
                                 : UnitEvent(StartDone{.ran = text.starts_with("Finished ")});
  }
  // A failed job did start the unit; the end of the run is a separate entry.
  return result == "failed" ? UnitEvent() : UnitEvent(StartRefused{result, text});
}

UnitEvent process_exit(const JournalFields& fields) {
  const std::string& code = field(fields, "EXIT_CODE");
  const std::string& number = field(fields, "EXIT_STATUS");
  int status = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), status);
  const bool is_number = error == std::errc{} && end == number.data() + number.size();
  // A failed reload does not end the run.
  if (!is_word(code) || !is_number || field(fields, "COMMAND") == "ExecReload") {
    return {};
  }
  return ProcessExit{.code = code,
                     .status = code == "exited" ? number : semantics::signal_name(status)};
}
}  // namespace

const std::string& field(const JournalFields& fields, std::string_view name) {
  static const std::string none;
  const auto at = fields.lower_bound(name);
  return at == fields.end() || at->first != name ? none : at->second;
}

Speaker manager_of(std::optional<std::uint32_t> uid) {
  if (!uid) {
    return {.trusted = {"_PID=1"}, .unit_field = "UNIT", .invocation_field = "INVOCATION_ID"};
  }
  const std::string id = std::to_string(*uid);
  return {.trusted = {"_UID=" + id, "_SYSTEMD_UNIT=user@" + id + ".service",
                      "_SYSTEMD_USER_UNIT=init.scope"},
          .unit_field = "USER_UNIT",
          .invocation_field = "USER_INVOCATION_ID"};
}

UnitEvent unit_event(const JournalFields& fields) {
  const std::string& id = field(fields, "MESSAGE_ID");
  if (id == message::started || id == message::failed) {
    return job_done(fields);
  }
  if (id == message::skipped) {  // by ExecCondition=
    return StartRefused{"condition", field(fields, "MESSAGE")};
  }
  if (id == message::succeeded) {
    return RunEnded{"success"};
  }
  if (id == message::failure_result && is_word(field(fields, "UNIT_RESULT"))) {
    return RunEnded{field(fields, "UNIT_RESULT")};
  }
  if (id == message::restart_scheduled) {
    return AutoRestart{};
  }
  return id == message::process_exit ? process_exit(fields) : UnitEvent();
}
}  // namespace checklist::parse
