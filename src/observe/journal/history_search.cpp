// SPDX-License-Identifier: MIT
#include "observe/journal/history_search.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>

#include <systemd/sd-messages.h>

namespace checklist::observe {
namespace {
namespace message = parse::message;
static_assert(message::started == SD_MESSAGE_UNIT_STARTED_STR);
static_assert(message::failed == SD_MESSAGE_UNIT_FAILED_STR);
static_assert(message::skipped == SD_MESSAGE_UNIT_SKIPPED_STR);
static_assert(message::succeeded == SD_MESSAGE_UNIT_SUCCESS_STR);
static_assert(message::failure_result == SD_MESSAGE_UNIT_FAILURE_RESULT_STR);
static_assert(message::restart_scheduled == SD_MESSAGE_UNIT_RESTART_SCHEDULED_STR);
static_assert(message::process_exit == SD_MESSAGE_UNIT_PROCESS_EXIT_STR);

constexpr std::size_t most_restarts = 64;
constexpr int most_exits = 32;  // a run has a few commands, and possibly many reloads

std::vector<std::string> matches(const parse::Speaker& speaker,
                                 std::initializer_list<std::string_view> ids) {
  std::vector<std::string> out = speaker.trusted;
  std::ranges::transform(ids, std::back_inserter(out),
                         [](std::string_view id) { return "MESSAGE_ID=" + std::string(id); });
  return out;
}
}  // namespace

std::vector<std::string> matches_of_all(const parse::Speaker& speaker) {
  return matches(speaker, {message::started, message::failed, message::skipped, message::succeeded,
                           message::failure_result, message::restart_scheduled});
}

parse::PastEvent event_at(const Journal& journal, const parse::JournalFields& fields,
                          const HistorySource& source) {
  const Stamp stamp = journal.stamp();
  const bool this_boot = stamp.boot_id == source.boot.id;
  return {.event = parse::unit_event(fields),
          .at = this_boot ? monotonic(stamp.monotonic_usec)
                          : semantics::before_boot(stamp.wall, source.boot),
          .this_boot = this_boot,
          .exit = std::nullopt};
}

std::optional<parse::ProcessExit> first_exit(Journal& journal, const parse::Speaker& speaker,
                                             const std::string& invocation) {
  std::optional<parse::ProcessExit> first;
  if (invocation.empty()) {
    return first;
  }
  auto wanted = matches(speaker, {message::process_exit});
  wanted.push_back(speaker.invocation_field + "=" + invocation);
  journal.only(wanted);
  journal.seek_tail();
  for (int i = 0; i < most_exits && journal.previous(); ++i) {
    const auto event = parse::unit_event(journal.fields());
    if (const auto* exit = std::get_if<parse::ProcessExit>(&event)) {
      first = *exit;
    }
  }
  return first;
}

HistorySearch::HistorySearch(Journal& journal, const HistorySource& source, std::string unit)
    : journal_(journal), source_(source), unit_(std::move(unit)) {
  enter(Stage::starts);
}

void HistorySearch::enter(Stage stage) {
  stage_ = stage;
  of_stage_ = 0;
  stage_is_over_ = is_here_ = is_under_way_ = false;
  cursor_.clear();
  const parse::Speaker& speaker = source_.speaker;
  switch (stage) {
    case Stage::starts:
      wanted_ = matches(speaker, {message::started, message::failed, message::skipped});
      break;
    case Stage::runs:
      wanted_ = matches(speaker, {message::succeeded, message::failure_result});
      break;
    case Stage::restarts:
      wanted_ = matches(speaker, {message::restart_scheduled});
      wanted_.push_back("_BOOT_ID=" + source_.boot.id);
      break;
    case Stage::over:
      return;
  }
  wanted_.push_back(speaker.unit_field + "=" + unit_);
}

void HistorySearch::leave() {
  if (is_under_way_) {
    cursor_ = journal_.cursor();
  }
  is_here_ = false;
}

bool HistorySearch::previous() {
  if (is_here_) {
    return journal_.previous();
  }
  is_here_ = true;
  journal_.only(wanted_);
  if (cursor_.empty()) {
    journal_.seek_tail();
    return journal_.previous();
  }
  journal_.seek(cursor_);
  return journal_.previous() && (!journal_.is_at(cursor_) || journal_.previous());
}

bool HistorySearch::step() {
  if (stage_ == Stage::over) {
    return false;
  }
  is_under_way_ = previous();
  if (is_under_way_) {
    const auto fields = journal_.fields();
    take(event_at(journal_, fields, source_), fields);
  } else {
    stage_is_over_ = true;
  }
  if (stage_is_over_) {
    enter(static_cast<Stage>(static_cast<int>(stage_) + 1));
  }
  return stage_ != Stage::over;
}

// A refused start before the last completed start is irrelevant, so a completed start ends the
// search for both.
void HistorySearch::take(parse::PastEvent past, const parse::JournalFields& fields) {
  if (std::holds_alternative<std::monostate>(past.event)) {
    return;
  }
  if (const auto* ended = std::get_if<parse::RunEnded>(&past.event)) {
    const auto invocation = fields.find(source_.speaker.invocation_field);
    if (ended->result != "success" && invocation != fields.end()) {
      past.exit = first_exit(journal_, source_.speaker, invocation->second);
    }
    stage_is_over_ = true;
  }
  const bool is_refusal = std::holds_alternative<parse::StartRefused>(past.event);
  ++of_stage_;
  stage_is_over_ |= std::holds_alternative<parse::StartDone>(past.event);
  stage_is_over_ |= stage_ == Stage::restarts && of_stage_ == most_restarts;
  if (!is_refusal || of_stage_ == 1) {  // of refusals only the newest counts
    found_.push_front(std::move(past));
  }
}
}  // namespace checklist::observe
