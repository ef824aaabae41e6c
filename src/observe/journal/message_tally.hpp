// SPDX-License-Identifier: MIT
// How many messages of each unit there were, and up to which entry of the journal they are counted.
// Most units are counted up to one common mark, which goes on with whoever reads for them; the
// others have one of their own until they are counted up to the common one, too.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>

#include "checklist/facts/journal.hpp"

#include "parse/journal_cursor.hpp"
#include "store/state_file.hpp"

namespace checklist::observe {
// An entry of the journal, by which whoever comes later goes on.
struct Mark {
  std::string text;
  parse::JournalCursor cursor;
};

// Nothing for a text that is no cursor.
std::optional<Mark> mark_of(const std::string& cursor);

class MessageTally {
 public:
  void restore(const store::KeptMessages& kept);
  // `mark`: the common one. Units in `unbegun` have not been counted yet and are left out.
  [[nodiscard]] store::KeptMessages kept(const std::string& mark,
                                         const std::set<std::string>& unbegun) const;

  // Grows with every message that is counted.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

  // Has the unit counted, from these on if it is new.
  void open(const std::string& unit, const MessageCounts& nothing);
  void add(const std::string& unit, Priority priority, MessageClass counted);

  // The unit's own mark; nothing where it is the common one, or where it is new.
  [[nodiscard]] const std::optional<Mark>& up_to(const std::string& unit) const;
  // Unless that one is further.
  void leave_at(const std::string& unit, const std::optional<Mark>& mark);
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
