// SPDX-License-Identifier: MIT
#include "observe/journal/history_observer.hpp"

#include <utility>

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration longest_turn = 2ms;  // plus the current entry
}  // namespace

HistoryObserver::HistoryObserver(event::Loop& loop, bus::Scope scope, Put<HistoryKey> put,
                                 std::string directory, semantics::Boot boot)
    : loop_(loop),
      put_(std::move(put)),
      watched_(loop, journal_of(scope, std::move(directory)),
               {.opened = [this](Journal& journal) { begin(journal); },
                .closed = [this](const Unseen& why) { end(why); },
                .changed = [this](Journal::Changes changes) { hear_of(changes); }}),
      source_{.speaker = parse::manager_of(watched_.place().user), .boot = std::move(boot)},
      work_(loop.deferred(event::Priority::io, [this] { turn(); })) {}

void HistoryObserver::follow(const std::set<HistoryKey>& keys) {
  std::erase_if(followed_, [&keys](const auto& each) { return !keys.contains({each.first}); });
  std::erase_if(unsearched_, [this](const auto& unit) { return !followed_.contains(unit); });
  if (search_ && !unsearched_.contains(search_->unit())) {
    search_.reset();
  }
  for (const HistoryKey& key : keys) {
    if (followed_.try_emplace(key.unit).second) {
      unsearched_.insert(key.unit);
      if (const auto& why = watched_.why_closed()) {
        put_(key, *why);
      }
    }
  }
  if (watched_.journal() == nullptr && !watched_.why_closed() && !followed_.empty()) {
    watched_.open();
  }
  work_.arm();
}

void HistoryObserver::look_again() {
  if (!followed_.empty()) {
    watched_.look_again();
  }
}

void HistoryObserver::begin(Journal& journal) {
  journal.only(matches_of_all(source_.speaker));
  journal.seek_tail();
  cursor_ = journal.previous() ? journal.cursor() : std::string();
  search_all();
}

void HistoryObserver::end(const Unseen& why) {
  search_.reset();
  for (const auto& [unit, history] : followed_) {
    put_({unit}, why);
  }
}

void HistoryObserver::hear_of(Journal::Changes changes) {
  if (changes == Journal::Changes::files) {  // rotated, vacuumed or flushed, or journald restarted
    search_all();
  }
  behind_ = true;
  work_.arm();
}

void HistoryObserver::search_all() {
  search_.reset();
  for (const auto& [unit, history] : followed_) {
    unsearched_.insert(unit);
  }
}

void HistoryObserver::turn() {
  watched_.use([this, until = loop_.now() + longest_turn](Journal& journal) {
    if (behind_) {
      catch_up(journal, until);
    }
    if (!behind_) {
      search(journal, until);
    }
  });
  if (watched_.journal() != nullptr && (behind_ || !unsearched_.empty())) {
    work_.arm();
  }
}

void HistoryObserver::catch_up(Journal& journal, TimePoint until) {
  if (search_) {
    search_->leave();
  }
  for (Heard& heard : read_on(journal, until)) {
    hear(journal, std::move(heard));
  }
}

std::vector<HistoryObserver::Heard> HistoryObserver::read_on(Journal& journal, TimePoint until) {
  journal.only(matches_of_all(source_.speaker));
  if (cursor_.empty()) {
    journal.seek_head();
  } else {
    journal.seek(cursor_);
  }
  std::vector<Heard> out;
  bool is_there = journal.next();
  if (is_there && !cursor_.empty() && journal.is_at(cursor_)) {
    is_there = journal.next();
  }
  for (; is_there; is_there = journal.next()) {
    const auto fields = journal.fields();
    cursor_ = journal.cursor();
    if (const auto& unit = parse::field(fields, source_.speaker.unit_field);
        followed_.contains(unit)) {
      out.push_back({.unit = unit,
                     .invocation = parse::field(fields, source_.speaker.invocation_field),
                     .past = event_at(journal, fields, source_)});
    }
    if (loop_.now() >= until) {
      return out;
    }
  }
  behind_ = false;
  return out;
}

void HistoryObserver::hear(Journal& journal, Heard heard) {
  const bool is_searched_for = search_ && search_->unit() == heard.unit;
  if (unsearched_.contains(heard.unit) && !is_searched_for) {
    return;  // found by its search
  }
  const auto* ended = std::get_if<parse::RunEnded>(&heard.past.event);
  if (ended != nullptr && ended->result != "success") {
    heard.past.exit = first_exit(journal, source_.speaker, heard.invocation);
  }
  if (is_searched_for) {
    search_->add(std::move(heard.past));
    return;
  }
  History& history = followed_.at(heard.unit);
  parse::add(history, heard.past);
  put_({heard.unit}, history);
}

void HistoryObserver::search(Journal& journal, TimePoint until) {
  while (!unsearched_.empty()) {
    if (!search_) {
      search_.emplace(journal, source_, *unsearched_.begin());
    }
    if (!search_->step()) {
      finish_search();
    }
    if (loop_.now() >= until) {
      return;
    }
  }
}

void HistoryObserver::finish_search() {
  const std::string unit = search_->unit();
  History& history = followed_.at(unit);
  for (const auto& past : search_->found()) {
    parse::add(history, past);
  }
  search_.reset();
  unsearched_.erase(unit);
  put_({unit}, history);
}
}  // namespace checklist::observe
