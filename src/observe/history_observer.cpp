// SPDX-License-Identifier: MIT
#include "observe/history_observer.hpp"

#include <system_error>
#include <utility>

#include <sys/epoll.h>
#include <unistd.h>

#include "observe/journal_access.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration longest_turn = 2ms;  // and the entry that was begun

std::optional<std::uint32_t> user_of(bus::Scope scope) {
  return scope == bus::Scope::user ? std::optional<std::uint32_t>(::getuid()) : std::nullopt;
}

const std::string& text_of(const parse::JournalFields& fields, const std::string& name) {
  static const std::string none;
  const auto at = fields.find(name);
  return at == fields.end() ? none : at->second;
}
}  // namespace

HistoryObserver::HistoryObserver(event::Loop& loop, bus::Scope scope, Put<HistoryKey> put,
                                 std::string directory, semantics::Boot boot)
    : loop_(loop),
      place_{.directory = std::move(directory), .user = user_of(scope)},
      put_(std::move(put)),
      reading_{.speaker = parse::manager_of(place_.user), .boot = std::move(boot)},
      look_at_latest_(loop.timer([this] { take_changes(); })),
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
      if (why_closed_) {
        put_(key, *why_closed_);
      }
    }
  }
  if (!journal_ && !why_closed_ && !followed_.empty()) {
    open();
  }
  work_.arm();
}

void HistoryObserver::look_again() {
  if (followed_.empty()) {
    return;
  }
  if (journal_ && directories_ == journal_directories(place_)) {
    take_changes();
  } else {
    open();
  }
}

void HistoryObserver::open() {
  search_.reset();
  readable_ = {};
  journal_.reset();
  if (const auto why = why_unreadable(place_)) {
    close(*why);
    return;
  }
  guarded([this] {
    directories_ = journal_directories(place_);
    journal_.emplace(place_);
    readable_ = loop_.io(journal_->descriptor(), EPOLLIN, [this](auto) { take_changes(); });
    journal_->only(matches_of_all(reading_.speaker));
    journal_->seek_tail();
    cursor_ = journal_->previous() ? journal_->cursor() : std::string();
    why_closed_.reset();
    search_all();
    take_changes();
  });
}

void HistoryObserver::close(const Unseen& why) {
  search_.reset();
  readable_ = {};
  look_at_latest_.disarm();
  journal_.reset();
  why_closed_ = why;
  for (const auto& [unit, history] : followed_) {
    put_({unit}, why);
  }
}

void HistoryObserver::guarded(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::system_error& error) {
    close({"unsupported", std::string("the journal cannot be read: ") + error.what(),
           "run `journalctl --verify`"});
  }
}

void HistoryObserver::take_changes() {
  if (!journal_) {
    return;
  }
  guarded([this] {
    const auto changes = journal_->changes();
    if (changes == Journal::Changes::files) {  // rotated, vacuumed, flushed, or another journald
      search_all();
    }
    behind_ = true;
    if (const auto latest = journal_->look_at_latest()) {
      look_at_latest_.arm_at(*latest);
    }
    work_.arm();
  });
}

void HistoryObserver::search_all() {
  search_.reset();
  for (const auto& [unit, history] : followed_) {
    unsearched_.insert(unit);
  }
}

void HistoryObserver::turn() {
  const TimePoint until = loop_.now() + longest_turn;
  guarded([this, until] {
    if (journal_ && behind_) {
      catch_up(until);
    }
    if (journal_ && !behind_) {
      search(until);
    }
  });
  if (journal_ && (behind_ || !unsearched_.empty())) {
    work_.arm();
  }
}

void HistoryObserver::catch_up(TimePoint until) {
  if (search_) {
    search_->leave();
  }
  for (Heard& heard : read_on(until)) {
    hear(std::move(heard));
  }
}

std::vector<HistoryObserver::Heard> HistoryObserver::read_on(TimePoint until) {
  journal_->only(matches_of_all(reading_.speaker));
  if (cursor_.empty()) {
    journal_->seek_head();
  } else {
    journal_->seek(cursor_);
  }
  std::vector<Heard> out;
  bool is_there = journal_->next();
  if (is_there && !cursor_.empty() && journal_->is_at(cursor_)) {
    is_there = journal_->next();
  }
  for (; is_there; is_there = journal_->next()) {
    const auto fields = journal_->fields();
    cursor_ = journal_->cursor();
    if (const auto& unit = text_of(fields, reading_.speaker.unit_field); followed_.contains(unit)) {
      out.push_back({.unit = unit,
                     .invocation = text_of(fields, reading_.speaker.invocation_field),
                     .past = event_at(*journal_, fields, reading_)});
    }
    if (loop_.now() >= until) {
      return out;
    }
  }
  behind_ = false;
  return out;
}

void HistoryObserver::hear(Heard heard) {
  const bool is_searched_for = search_ && search_->unit() == heard.unit;
  if (unsearched_.contains(heard.unit) && !is_searched_for) {
    return;  // its search will find it
  }
  const auto* ended = std::get_if<parse::RunEnded>(&heard.past.event);
  if (ended != nullptr && ended->result != "success") {
    heard.past.exit = first_exit(*journal_, reading_.speaker, heard.invocation);
  }
  if (is_searched_for) {
    search_->add(std::move(heard.past));
    return;
  }
  History& history = followed_.at(heard.unit);
  parse::add(history, heard.past);
  put_({heard.unit}, history);
}

void HistoryObserver::search(TimePoint until) {
  while (!unsearched_.empty()) {
    if (!search_) {
      search_.emplace(*journal_, reading_, *unsearched_.begin());
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
