// SPDX-License-Identifier: MIT
// The unit logs no errors; see docs/checks/journal_errors.md.
#include <algorithm>
#include <iterator>
#include <tuple>

#include "checklist/check.hpp"

#include "checks/logs/hidden_output.hpp"
#include "checks/view/command.hpp"
#include "semantics/text/count.hpp"
#include "semantics/text/pattern.hpp"
#include "semantics/time/span.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using semantics::Pattern;

constexpr std::int64_t week = 7 * 24 * 60 * 60 * 1'000;  // ms

struct Params {
  Priority priority = Priority::err;
  std::vector<Pattern> match;
  std::vector<Pattern> ignore;
  semantics::SpanWithin<1'000, week> window{15min};
  semantics::Count<0, 1000> max{0};
};

constexpr std::tuple fields{
    Field{"priority", &Params::priority, "a message of this priority or worse counts"},
    Field{"match", &Params::match,
          "patterns: a message in which one is found counts, whatever its priority"},
    Field{"ignore", &Params::ignore, "patterns: a message in which one is found does not count"},
    Field{"window", &Params::window, "for how long a message counts"},
    Field{"max", &Params::max, "how many messages within the window are allowed"}};

// At least so many of the latest messages, so that a serious one outlives a few lesser ones.
constexpr std::uint64_t least_kept = 16;

std::vector<std::string> texts(const std::vector<Pattern>& patterns) {
  std::vector<std::string> out(patterns.size());
  std::ranges::transform(patterns, out.begin(), &Pattern::text);
  return out;
}

JournalMessagesKey key_of(const Params& want, const std::string& unit, const std::string& id) {
  return {.unit = unit,
          .id = id,
          .priority = want.priority,
          .match = texts(want.match),
          .ignore = texts(want.ignore),
          .keep = std::max(least_kept, want.max.number + 1),
          .window = want.window.length};
}

WantedMessages wanted_of(const Params& want) {
  return {.priority = want.priority, .at_any_priority = !want.match.empty()};
}

std::string expectation(const Params& want) {
  const std::string most =
      want.max.number == 0 ? "no" : "at most " + std::to_string(want.max.number);
  return most + " message at " + std::string(text(want.priority)) + " or worse" +
         (want.match.empty() ? "" : ", or that matches,") + " within " +
         semantics::print_span({want.window.length});
}

// Returns "`journalctl --user -u x.service -S '-15min' -p err`"
std::string read_journal(const Params& want, const View& see, const JournalMessagesKey& asked,
                         MessageCause cause) {
  const std::string priority = cause == MessageCause::priority
                                   ? " -p " + std::string(text(want.priority))
                               : cause == MessageCause::failure ? " -p warning"
                                                                : "";
  return journalctl(see, asked.id,
                    "-S '-" + semantics::print_span({want.window.length}) + "'" + priority);
}

// Returns the latest of the most serious messages: what the manager logs at the end of a failed run
// is a consequence, and follows its cause.
const JournalMessage& gravest(const std::vector<JournalMessage>& messages) {
  return *std::ranges::min_element(
      messages.rbegin(), messages.rend(), {},
      [](const JournalMessage& message) { return std::tuple(message.cause, message.priority); });
}

std::vector<JournalMessage> within(Duration window, std::vector<JournalMessage> messages,
                                   View& see) {
  std::erase_if(messages, [&](const JournalMessage& message) {
    return see.passed(semantics::after(message.at, window));
  });
  return messages;
}

Finding failed(const Params& want, const View& see, const JournalMessagesKey& asked,
               const std::vector<JournalMessage>& messages) {
  const JournalMessage& quoted = gravest(messages);
  const MessageCause cause = quoted.cause;
  const std::string read = "read " + read_journal(want, see, asked, cause);
  Finding out{.subject = "messages",
              .expected = expectation(want),
              .details = quoted.text,
              .quotes_log = true};
  switch (cause) {
    case MessageCause::priority:
      out.reason = "errors";
      out.observed = "errors were logged";
      out.hint = read + " and fix the cause";
      break;
    case MessageCause::failure:
      out.reason = "failed";
      out.observed = "systemd logged that a run failed";
      out.hint = read + " to see how the run ended";
      break;
    case MessageCause::match:
      out.reason = "matched";
      out.observed = "a log message matches `match`";
      out.hint = read + " and fix the cause, or narrow `match`";
      break;
  }
  return fail(out);
}

Finding suppressed(const JournalMessagesKey& asked) {
  return fail({.subject = "rate limit",
               .reason = "suppressed",
               .expected = "no messages dropped",
               .observed = "journald rate-limited the unit and dropped messages",
               .hint = "make " + asked.id +
                       " log less, or raise its LogRateLimitBurst= (systemd.exec(5))"});
}

Findings evaluate(const Params& want, View& see) {
  const auto& unit = see[UnitKey{see.unit()}];
  if (!unit) {
    return {unknown("messages", expectation(want), unit.unseen())};
  }
  const JournalMessagesKey asked =
      key_of(want, see.unit(), unit->id.empty() ? see.unit() : unit->id);
  const auto& seen = see[asked];
  if (!seen) {
    return {unknown("messages", expectation(want), seen.unseen())};
  }
  const auto messages = within(want.window.length, seen->latest, see);
  Findings out{messages.size() > want.max.number ? failed(want, see, asked, messages)
                                                 : pass({.subject = "messages",
                                                         .expected = expectation(want),
                                                         .observed = expectation(want)})};
  if (unit->load == LoadState::loaded) {
    std::ranges::move(hidden_output(wanted_of(want), see), std::back_inserter(out));
  }
  if (seen->suppressed && !see.passed(semantics::after(*seen->suppressed, want.window.length))) {
    out.push_back(suppressed(asked));
  }
  return out;
}

// Past messages do not show which are acceptable.
Params capture(View& /*see*/) {
  return {};
}
}  // namespace

extern const CheckDef journal_errors;
const CheckDef journal_errors = check<Params, fields, evaluate, capture>(
    "the unit logs no errors", RunsWhen::always, {.counts_messages = true});
}  // namespace checklist::checks
