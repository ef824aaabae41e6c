// SPDX-License-Identifier: MIT
// What units wrote into the journal: the latest messages that count for a check, and how many there
// were, exactly.
//
// One stream goes forward through the entries that any unit is asked for; its mark is the last
// entry it took. A unit that is new, or was counted by a former process up to another mark, is
// late: while there are such units the stream rests, and a pass goes over their entries alone, from
// where the first of them begins up to the stream's mark. What is counted goes together with the
// mark up to which it is, so that whoever keeps both loses nothing and counts nothing twice.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "event/loop.hpp"
#include "observe/journal/journal_reading.hpp"
#include "observe/journal/message_tally.hpp"
#include "observe/journal/this_boot.hpp"
#include "observe/journal/unit_messages.hpp"
#include "observe/journal/watched_journal.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class JournalMessageObserver : public Observer<JournalMessagesKey> {
 public:
  // As HistoryObserver. `counted` is called when changes() have grown.
  JournalMessageObserver(event::Loop& loop, bus::Scope scope, Put<JournalMessagesKey> put,
                         std::function<void()> counted, std::string directory = {},
                         semantics::Boot boot = this_boot());
  JournalMessageObserver(const JournalMessageObserver&) = delete;
  JournalMessageObserver& operator=(const JournalMessageObserver&) = delete;
  JournalMessageObserver(JournalMessageObserver&&) = delete;
  JournalMessageObserver& operator=(JournalMessageObserver&&) = delete;
  ~JournalMessageObserver() override = default;

  // What a former process counted; before anything is followed.
  void restore(const store::KeptMessages& kept);
  [[nodiscard]] store::KeptMessages kept() const;

  // Grows with every message that is counted, and now and then with those that are not: whoever
  // keeps them would otherwise begin too far back.
  [[nodiscard]] std::uint64_t changes() const;

  void follow(const std::set<JournalMessagesKey>& keys) override;
  void look_again() override;

 private:
  struct Followed {
    explicit Followed(const JournalMessagesKey& key) : messages(key) {}

    UnitMessages messages;
    bool counts = true;   // of the keys of a unit one does
    bool is_late = true;  // it does not know everything up to the stream's mark
    bool is_new = false;  // there is something to put
  };

  using Each = std::map<JournalMessagesKey, Followed>::value_type;

  void add(const JournalMessagesKey& key);
  void leave(Each& each);
  void appoint();
  void begin(Journal& journal);
  void end(const Unseen& why);
  void turn();
  void start_pass();
  void pass(Journal& journal, const ReadingPiece& piece);
  void end_pass();
  void stream(Journal& journal, const ReadingPiece& piece);
  void hear(Each& each, const JournalEntry& entry, const parse::LoggedMessage& message);
  [[nodiscard]] bool any_late() const;
  [[nodiscard]] std::vector<Journal::Alternatives> selection(bool late_ones_only) const;
  void put_what_is_new();

  event::Loop& loop_;
  Put<JournalMessagesKey> put_;
  std::function<void()> counted_;
  semantics::Boot boot_;
  std::map<JournalMessagesKey, Followed> followed_;
  std::multimap<std::string, Each*> by_id_;
  MessageTally tally_;
  std::uint64_t entries_ = 0;  // that the stream took
  ReadingPlace stream_;
  ReadingPlace pass_;
  bool pass_is_due_ = false;  // it begins anew
  bool behind_ = false;       // there may be entries after the stream's mark
  TimePoint put_at_;          // when something was put last
  WatchedJournal watched_;
  event::Source work_;
};
}  // namespace checklist::observe
