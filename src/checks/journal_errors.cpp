// SPDX-License-Identifier: MIT
// The unit logs no errors; see docs/checks/journal_errors.md.
#include <algorithm>

#include "checklist/check.hpp"

#include "checks/view/command.hpp"
#include "semantics/text/count.hpp"
#include "semantics/text/pattern.hpp"
#include "semantics/time/span.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using semantics::Pattern;
using semantics::Span;

struct Params {
  Priority priority = Priority::err;
  std::vector<Pattern> match;
  std::vector<Pattern> ignore;
  Span window{15min};
  semantics::Count<0, 1000> max{0};

  void validate(const std::string& at, ConfigErrors& mistakes) const;
};

constexpr std::tuple fields{
    Field{"priority", &Params::priority, "a message of this priority or worse counts"},
    Field{"match", &Params::match,
          "patterns: a message in which one is found counts, whatever its priority"},
    Field{"ignore", &Params::ignore, "patterns: a message in which one is found does not count"},
    Field{"window", &Params::window, "for how long a message counts"},
    Field{"max", &Params::max, "how many messages within the window are still fine"}};

// Of the latest messages, so that one grave one is not forgotten for a lighter one at once.
constexpr std::uint64_t least_kept = 16;
constexpr Duration shortest_window = 1s;
constexpr Duration longest_window = 7 * 24h;

void Params::validate(const std::string& at, ConfigErrors& mistakes) const {
  if (window.length < shortest_window || window.length > longest_window) {
    mistakes.push_back({at + "/window",
                        "a time span from " + semantics::print_span({shortest_window}) + " to " +
                            semantics::print_span({longest_window}),
                        "'" + semantics::print_span(window) + "'"});
  }
}

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

std::string expectation(const Params& want) {
  const std::string most =
      want.max.number == 0 ? "no" : "at most " + std::to_string(want.max.number);
  return most + " message at " + std::string(text(want.priority)) + " or worse" +
         (want.match.empty() ? "" : ", or that matches,") + " within " +
         semantics::print_span(want.window);
}

Finding finding(const Params& want, Status status, std::string reason, std::string observed,
                std::string hint) {
  return {.status = status,
          .subject = "messages",
          .reason = std::move(reason),
          .expected = expectation(want),
          .observed = std::move(observed),
          .hint = std::move(hint),
          .details = {}};
}

// "`journalctl --user -u x.service -S '-15min' -p err`"
std::string read_journal(const Params& want, const View& see, const JournalMessagesKey& asked,
                         MessageCause cause) {
  const std::string priority = cause == MessageCause::priority
                                   ? " -p " + std::string(text(want.priority))
                               : cause == MessageCause::failure ? " -p warning"
                                                                : "";
  return journalctl(see, asked.id, "-S '-" + semantics::print_span(want.window) + "'" + priority);
}

// Of several causes the gravest: which came last would change with every message.
MessageCause gravest(const std::vector<JournalMessage>& messages) {
  return std::ranges::min_element(messages, {}, &JournalMessage::cause)->cause;
}

std::vector<JournalMessage> within(Span window, std::vector<JournalMessage> messages, View& see) {
  std::erase_if(messages, [&](const JournalMessage& message) {
    return see.passed(semantics::after(message.at, window.length));
  });
  return messages;
}

Finding failed(const Params& want, const View& see, const JournalMessagesKey& asked,
               const std::vector<JournalMessage>& messages) {
  const MessageCause cause = gravest(messages);
  const std::string look = "read " + read_journal(want, see, asked, cause);
  Finding out;
  switch (cause) {
    case MessageCause::priority:
      out = finding(want, Status::fail, "errors", "it logs errors", look + " and mend the cause");
      break;
    case MessageCause::failure:
      out = finding(want, Status::fail, "failed", "systemd tells of a run of it that failed",
                    look + " and see how it ended");
      break;
    case MessageCause::match:
      out = finding(want, Status::fail, "matched", "it logs what a pattern of its spec is found in",
                    look + " and mend the cause, or narrow `match`");
      break;
  }
  out.details = messages.back().text;
  out.quotes_log = true;
  return out;
}

Finding suppressed(const Params& want, const JournalMessagesKey& asked) {
  Finding out = finding(
      want, Status::fail, "suppressed",
      "journald dropped messages of it, because they were too many",
      "make " + asked.id + " log less, or raise LogRateLimitBurst= of it (systemd.exec(5))");
  out.subject = "rate limit";
  out.expected = "all its messages are in the journal";
  return out;
}

Findings evaluate(const Params& want, View& see) {
  const auto& unit = see[UnitKey{see.unit()}];
  if (!unit) {
    return {unknown("messages", expectation(want), unit.unseen())};
  }
  const JournalMessagesKey asked =
      key_of(want, see.unit(), unit->id.empty() ? see.unit() : unit->id);
  const auto& said = see[asked];
  if (!said) {
    return {unknown("messages", expectation(want), said.unseen())};
  }
  const auto messages = within(want.window, said->latest, see);
  Findings out{messages.size() > want.max.number
                   ? failed(want, see, asked, messages)
                   : finding(want, Status::pass, {}, "nothing more than that", {})};
  if (said->suppressed && !see.passed(semantics::after(*said->suppressed, want.window.length))) {
    out.push_back(suppressed(want, asked));
  }
  return out;
}

// What a unit logs before a migration is no measure of what it may log.
Params capture(View& /*see*/) {
  return {};
}
}  // namespace

extern const CheckDef journal_errors;
const CheckDef journal_errors = check<Params, fields, evaluate, capture>(
    "the unit logs no errors", RunsWhen::always, {.counts_messages = true});
}  // namespace checklist::checks
