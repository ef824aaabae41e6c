// SPDX-License-Identifier: MIT
#include "observe/journal/journal_message_observer.hpp"

#include <algorithm>
#include <utility>

#include "observe/journal/message_selection.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration longest_turn = 2ms;  // plus the current entry
// Pause between two pieces of work: a unit of which every entry is read takes half a core at most,
// and other work on the loop proceeds.
constexpr Duration rest = 2ms;
constexpr std::uint64_t entries_between_marks = 10'000;
constexpr Duration between_puts = 250ms;  // while reading; journald notifies at the same interval
}  // namespace

JournalMessageObserver::JournalMessageObserver(event::Loop& loop, bus::Scope scope,
                                               Put<JournalMessagesKey> put,
                                               std::function<void()> counted, std::string directory,
                                               semantics::Boot boot, std::string journald)
    : loop_(loop),
      put_(std::move(put)),
      counted_(std::move(counted)),
      boot_(std::move(boot)),
      watched_(loop, journal_of_units(scope, std::move(directory)),
               {.opened = [this](Journal& journal) { begin(journal); },
                .closed = [this](const Unseen& why) { end(why); },
                .changed =
                    [this](auto) {
                      behind_ = true;
                      work_.arm_at(loop_.now());
                    }}),
      journald_(loop, std::move(journald), [this] { journald_turned(); }),
      work_(loop.timer([this] { turn(); })) {}

void JournalMessageObserver::restore(const store::KeptMessages& kept) {
  tally_.restore(kept);
}

store::KeptMessages JournalMessageObserver::kept() const {
  std::set<std::string> unbegun;
  for (const auto& [key, followed] : followed_) {
    if (followed.counts && followed.is_late && !tally_.up_to(key.unit)) {
      unbegun.insert(key.unit);
    }
  }
  return tally_.kept(stream_.cursor, unbegun);
}

std::uint64_t JournalMessageObserver::changes() const {
  return tally_.changes() + entries_ / entries_between_marks;
}

void JournalMessageObserver::follow(const std::set<JournalMessagesKey>& keys) {
  for (auto at = followed_.begin(); at != followed_.end();) {
    if (keys.contains(at->first)) {
      ++at;
    } else {
      leave(*at);
      at = followed_.erase(at);
    }
  }
  for (const JournalMessagesKey& key : keys) {
    if (!followed_.contains(key)) {
      add(key);
    }
  }
  appoint();
  by_id_.clear();
  for (Each& each : followed_) {
    by_id_.emplace(each.first.id, &each);
  }
  pass_is_due_ = any_late();
  if (watched_.journal() == nullptr && !watched_.why_closed() && !followed_.empty()) {
    watched_.open();
  }
  if (!followed_.empty()) {
    journald_.begin();
  }
  work_.arm_at(loop_.now());
}

// The most recent key of a unit determines which messages are counted.
void JournalMessageObserver::add(const JournalMessagesKey& key) {
  for (Each& each : followed_) {
    if (each.first.unit == key.unit) {
      leave(each);
    }
  }
  const auto added = followed_.emplace(key, Followed(key)).first;
  tally_.open(key.unit, added->second.messages.nothing_counted());
  if (const auto& why = watched_.why_closed()) {
    put_(key, *why);
  } else if (journald_.is_gone()) {
    put_(key, no_journald());
  }
}

void JournalMessageObserver::leave(Each& each) {
  if (std::exchange(each.second.counts, false) && !each.second.is_late) {
    tally_.leave_at(each.first.unit, mark_of(stream_.cursor));
  }
}

// If the counting key of a unit was dropped, another key continues from its mark.
void JournalMessageObserver::appoint() {
  std::set<std::string> counted;
  for (const auto& [key, followed] : followed_) {
    if (followed.counts) {
      counted.insert(key.unit);
    }
  }
  for (auto& [key, followed] : followed_) {
    if (counted.insert(key.unit).second) {
      followed.counts = followed.is_late = true;
    }
  }
}

void JournalMessageObserver::look_again() {
  if (!followed_.empty()) {
    watched_.look_again();
  }
}

void JournalMessageObserver::begin(Journal& journal) {
  if (stream_.cursor.empty()) {
    journal.only(Journal::Matches{});
    journal.seek_tail();
    stream_.cursor = journal.previous() ? journal.cursor() : std::string();
  }
  for (auto& [key, followed] : followed_) {
    followed.is_new = true;  // its last fact may be Unseen
  }
  pass_is_due_ = any_late();
}

void JournalMessageObserver::end(const Unseen& why) {
  for (const auto& [key, followed] : followed_) {
    put_(key, why);
  }
}

void JournalMessageObserver::journald_turned() {
  for (auto& [key, followed] : followed_) {
    followed.is_new = true;
    if (journald_.is_gone() && watched_.journal() != nullptr) {
      put_(key, no_journald());
    }
  }
  work_.arm_at(loop_.now());
}

void JournalMessageObserver::turn() {
  const std::uint64_t before = changes();
  watched_.use([this](Journal& journal) {
    const TimePoint now = loop_.now();
    const ReadingPiece piece{.horizon = now, .until = now + longest_turn, .boot_id = boot_.id};
    (void)journal.changes();  // registers all files that may hold entries up to `now`
    if (any_late()) {
      pass(journal, piece);
    }
    if (!any_late() && behind_) {
      stream(journal, piece);
    }
  });
  if (watched_.journal() != nullptr) {
    if (any_late() || behind_) {
      work_.arm_at(loop_.now() + rest);
    }
    put_what_is_new();
  }
  if (changes() != before) {
    counted_();
  }
}

bool JournalMessageObserver::any_late() const {
  return std::ranges::any_of(followed_, [](const Each& each) { return each.second.is_late; });
}

std::vector<Journal::Alternatives> JournalMessageObserver::selection(bool late_ones_only) const {
  MessageReaders readers{.units = {}, .at_any_priority = {}, .user = watched_.place().user};
  for (const auto& [key, followed] : followed_) {
    if (followed.is_late || !late_ones_only) {
      readers.units.insert(key.id);
      if (followed.messages.reads_all()) {
        readers.at_any_priority.insert(key.id);
      }
    }
  }
  return messages_of(readers);
}

// Starts at the earliest mark of the late units, or at the beginning of the earliest window.
void JournalMessageObserver::start_pass() {
  const Mark* first = nullptr;
  TimePoint from = loop_.now();
  for (auto& [key, followed] : followed_) {
    if (!followed.is_late) {
      continue;
    }
    followed.messages.forget();
    from = std::min(from, loop_.now() - key.window);
    const auto& mark = tally_.up_to(key.unit);
    if (followed.counts && mark &&
        (first == nullptr || parse::comes_after(first->cursor, mark->cursor))) {
      first = &*mark;
    }
  }
  const bool is_before_windows =
      first != nullptr &&
      (first->cursor.boot != boot_.id || monotonic(first->cursor.monotonic_usec) < from);
  pass_ = is_before_windows ? ReadingPlace{.cursor = first->text, .from = {}}
                            : ReadingPlace{.cursor = {}, .from = from};
}

void JournalMessageObserver::pass(Journal& journal, const ReadingPiece& piece) {
  if (std::exchange(pass_is_due_, false)) {
    start_pass();
  }
  const auto end = parse::journal_cursor(stream_.cursor);
  const bool is_over = read_on(journal, pass_, selection(true), piece, [&](const auto& entry) {
    const auto here = parse::journal_cursor(entry.cursor);
    if (!end || !here || parse::comes_after(*here, *end)) {
      return false;
    }
    const auto message = parse::logged_message(entry.fields, watched_.place().user);
    for (Each& each : followed_) {
      if (each.second.is_late && message.units.contains(each.first.id)) {
        hear(each, entry, message);
      }
    }
    return true;
  });
  for (auto& [key, followed] : followed_) {
    if (followed.is_late && followed.counts) {
      tally_.leave_at(key.unit, mark_of(pass_.cursor));
    }
  }
  if (is_over) {
    end_pass();
  }
}

void JournalMessageObserver::end_pass() {
  behind_ = true;  // after the stream's mark there may be entries of units not selected so far
  for (auto& [key, followed] : followed_) {
    if (std::exchange(followed.is_late, false)) {
      followed.is_new = true;
      if (followed.counts) {
        tally_.join(key.unit);
      }
    }
  }
}

void JournalMessageObserver::stream(Journal& journal, const ReadingPiece& piece) {
  behind_ = !read_on(journal, stream_, selection(false), piece, [this](const auto& entry) {
    ++entries_;
    const auto message = parse::logged_message(entry.fields, watched_.place().user);
    for (const std::string& unit : message.units) {
      const auto [first, last] = by_id_.equal_range(unit);
      std::for_each(first, last, [&](const auto& at) { hear(*at.second, entry, message); });
    }
    return true;
  });
}

void JournalMessageObserver::hear(Each& each, const JournalEntry& entry,
                                  const parse::LoggedMessage& message) {
  auto& [key, followed] = each;
  const auto classified = followed.messages.classify(message);
  if (entry.at && *entry.at >= loop_.now() - key.window) {
    followed.is_new |= followed.messages.take(message, classified.cause, *entry.at);
  }
  const auto& counted_to = tally_.up_to(key.unit);
  const auto here = counted_to ? parse::journal_cursor(entry.cursor) : std::nullopt;
  const bool is_counted_already = here && !parse::comes_after(*here, counted_to->cursor);
  if (followed.counts && classified.counted && message.priority && !is_counted_already) {
    tally_.add(key.unit, *message.priority, *classified.counted);
  }
}

void JournalMessageObserver::put_what_is_new() {
  const bool reads_on = any_late() || behind_;
  if (journald_.is_gone() || (reads_on && loop_.now() < put_at_ + between_puts)) {
    return;
  }
  put_at_ = loop_.now();
  for (auto& [key, followed] : followed_) {
    if (!followed.is_late && std::exchange(followed.is_new, false)) {
      put_(key, followed.messages.messages());
    }
  }
}
}  // namespace checklist::observe
