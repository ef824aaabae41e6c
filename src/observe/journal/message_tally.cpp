// SPDX-License-Identifier: MIT
#include "observe/journal/message_tally.hpp"

namespace checklist::observe {
std::optional<Mark> mark_of(const std::string& cursor) {
  auto parsed = parse::journal_cursor(cursor);
  return parsed ? std::optional(Mark{.text = cursor, .cursor = *std::move(parsed)}) : std::nullopt;
}

void MessageTally::restore(const store::KeptMessages& kept) {
  for (const auto& [unit, counts] : kept.counts) {
    const auto own = kept.behind.find(unit);
    accounts_[unit] = {.counts = counts,
                       .up_to = mark_of(own == kept.behind.end() ? kept.cursor : own->second)};
  }
}

store::KeptMessages MessageTally::kept(const std::string& mark,
                                       const std::set<std::string>& unbegun) const {
  store::KeptMessages out;
  out.cursor = mark;
  for (const auto& [unit, account] : accounts_) {
    if (!unbegun.contains(unit)) {
      out.counts[unit] = account.counts;
      if (account.up_to && account.up_to->text != mark) {
        out.behind[unit] = account.up_to->text;
      }
    }
  }
  return out;
}

void MessageTally::open(const std::string& unit, const MessageCounts& nothing) {
  accounts_[unit].counts.insert(nothing.begin(), nothing.end());
}

void MessageTally::add(const std::string& unit, Priority priority, MessageClass counted) {
  ++accounts_[unit].counts[{priority, counted}];
  ++changes_;
}

const std::optional<Mark>& MessageTally::up_to(const std::string& unit) const {
  static const std::optional<Mark> none;
  const auto at = accounts_.find(unit);
  return at == accounts_.end() ? none : at->second.up_to;
}

void MessageTally::leave_at(const std::string& unit, const std::optional<Mark>& mark) {
  auto& up_to = accounts_[unit].up_to;
  if (mark && (!up_to || parse::comes_after(mark->cursor, up_to->cursor))) {
    up_to = mark;
  }
}

void MessageTally::join(const std::string& unit) {
  accounts_[unit].up_to.reset();
}
}  // namespace checklist::observe
