// SPDX-License-Identifier: MIT
// Observes the messages of units in the journal: the latest ones that count for a check, and exact
// counts of all.
//
// One stream reads forward through the entries of all followed units; its mark is the last entry it
// read. A unit that is new, or was counted by the previous process up to another mark, is late: the
// stream pauses while a pass reads only the entries of late units, from the earliest start up to
// the stream's mark. Counts are saved together with the mark up to which they are complete, so that
// no message is lost or counted twice across restarts.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "event/loop.hpp"
#include "observe/journal/journal_reading.hpp"
#include "observe/journal/journald_watch.hpp"
#include "observe/journal/message_tally.hpp"
#include "observe/journal/this_boot.hpp"
#include "observe/journal/unit_messages.hpp"
#include "observe/journal/watched_journal.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class JournalMessageObserver : public Observer<JournalMessagesKey> {
 public:
  // Parameters as of HistoryObserver. `counted` is called when changes() has increased. `journald`
  // is the socket that receives messages; empty if it is not watched.
  JournalMessageObserver(event::Loop& loop, bus::Scope scope, Put<JournalMessagesKey> put,
                         std::function<void()> counted, std::string directory = {},
                         semantics::Boot boot = this_boot(),
                         std::string journald = journald_socket);
  JournalMessageObserver(const JournalMessageObserver&) = delete;
  JournalMessageObserver& operator=(const JournalMessageObserver&) = delete;
  JournalMessageObserver(JournalMessageObserver&&) = delete;
  JournalMessageObserver& operator=(JournalMessageObserver&&) = delete;
  ~JournalMessageObserver() override = default;

  // Restores the counts of the previous process. Must be called before the first follow().
  void restore(const store::KeptMessages& kept);
  [[nodiscard]] store::KeptMessages kept() const;

  // Increases with every counted message, and once per 10,000 entries that are not counted:
  // otherwise the saved mark would fall too far behind.
  [[nodiscard]] std::uint64_t changes() const;

  void follow(const std::set<JournalMessagesKey>& keys) override;
  void look_again() override;

 private:
  struct Followed {
    explicit Followed(const JournalMessagesKey& key) : messages(key) {}

    UnitMessages messages;
    bool counts = true;   // true for one key of each unit
    bool is_late = true;  // has not read everything up to the stream's mark
    bool is_new = false;  // its fact changed since the last put
  };

  using Each = std::map<JournalMessagesKey, Followed>::value_type;

  void add(const JournalMessagesKey& key);
  void leave(Each& each);
  void appoint();
  void begin(Journal& journal);
  void end(const Unseen& why);
  void journald_turned();
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
  std::uint64_t entries_ = 0;  // read by the stream
  ReadingPlace stream_;
  ReadingPlace pass_;
  bool pass_is_due_ = false;  // the pass restarts
  bool behind_ = false;       // there may be entries after the stream's mark
  TimePoint put_at_;          // when facts were last put
  WatchedJournal watched_;
  JournaldWatch journald_;
  event::Source work_;
};
}  // namespace checklist::observe
