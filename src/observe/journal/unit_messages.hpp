// SPDX-License-Identifier: MIT
// Classifies a unit's messages for one check, and keeps the latest of them.
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

  // Returns whether messages below priority warning may count.
  [[nodiscard]] bool reads_all() const { return !match_.empty() || priority_ > Priority::warning; }

  struct Classification {
    std::optional<MessageCause> cause;    // why it counts for the check; nothing: it does not
    std::optional<MessageClass> counted;  // for metrics; warnings are counted in any case
  };

  [[nodiscard]] Classification classify(const parse::LoggedMessage& message) const;
  // Returns a zero for every counter that the unit can have.
  [[nodiscard]] MessageCounts nothing_counted() const;

  // Adds a message of this boot, in journal order. Returns whether messages() changed.
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
