// SPDX-License-Identifier: MIT
// Counts the messages of units, and keeps the journal entry up to which they are counted. Most
// units share one mark, which the reader advances; the others have a mark of their own until they
// catch up with it.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>

#include "checklist/facts/journal.hpp"

#include "parse/journal_cursor.hpp"
#include "store/state_file.hpp"

namespace checklist::observe {
// A journal entry after which reading continues.
struct Mark {
  std::string text;
  parse::JournalCursor cursor;
};

// Returns nothing if the text is not a cursor.
std::optional<Mark> mark_of(const std::string& cursor);

class MessageTally {
 public:
  void restore(const store::KeptMessages& kept);
  // `mark` is the shared mark. Units in `unbegun` have not been counted yet and are left out.
  [[nodiscard]] store::KeptMessages kept(const std::string& mark,
                                         const std::set<std::string>& unbegun) const;

  // Increases with every counted message.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

  // Starts to count the unit; a new one starts with `nothing`.
  void open(const std::string& unit, const MessageCounts& nothing);
  void add(const std::string& unit, Priority priority, MessageClass counted);

  // Returns the unit's own mark; nothing if it uses the shared mark or is new.
  [[nodiscard]] const std::optional<Mark>& up_to(const std::string& unit) const;
  // Sets the unit's own mark, unless the present one is later.
  void leave_at(const std::string& unit, const std::optional<Mark>& mark);
  // Makes the unit use the shared mark.
  void join(const std::string& unit);

 private:
  struct Account {
    MessageCounts counts;
    std::optional<Mark> up_to;
  };

  std::map<std::string, Account> accounts_;
  std::uint64_t changes_ = 0;
};
}  // namespace checklist::observe
