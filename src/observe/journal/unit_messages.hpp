// SPDX-License-Identifier: MIT
// What of a unit's messages counts for one check, and the latest of them.
#pragma once
#include <optional>
#include <vector>

#include "checklist/facts/journal.hpp"

#include "parse/logged_message.hpp"
#include "semantics/text/pattern.hpp"

namespace checklist::observe {
class UnitMessages {
 public:
  explicit UnitMessages(const JournalMessagesKey& key);

  // Whether messages less urgent than warnings may count.
  [[nodiscard]] bool reads_all() const { return !match_.empty() || priority_ > Priority::warning; }

  struct Judgement {
    std::optional<MessageCause> cause;    // why it counts for the verdict; nothing: it does not
    std::optional<MessageClass> counted;  // as what; a warning is, also if no verdict depends on it
  };

  [[nodiscard]] Judgement judge(const parse::LoggedMessage& message) const;
  // A count for everything that there can be one of.
  [[nodiscard]] MessageCounts nothing_counted() const;

  // One of this boot, in the order of the journal. Whether the messages are others now.
  bool take(const parse::LoggedMessage& message, std::optional<MessageCause> cause, TimePoint at);

  void forget() { messages_ = {}; }

  [[nodiscard]] const JournalMessages& messages() const { return messages_; }

 private:
  [[nodiscard]] std::optional<MessageCause> cause_of(const parse::LoggedMessage& message) const;

  Priority priority_;
  std::vector<semantics::Matcher> match_;
  std::vector<semantics::Matcher> ignore_;
  std::size_t keep_;
  JournalMessages messages_;
};
}  // namespace checklist::observe
