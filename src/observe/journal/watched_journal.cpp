// SPDX-License-Identifier: MIT
#include "observe/journal/watched_journal.hpp"

#include <system_error>
#include <utility>

#include <sys/epoll.h>
#include <unistd.h>

#include "observe/journal/journal_access.hpp"

namespace checklist::observe {
namespace {
Unseen failure(const std::system_error& error) {
  return {"unsupported", std::string("cannot read the journal: ") + error.what(),
          "run `journalctl --verify`"};
}
}  // namespace

JournalPlace journal_of(bus::Scope scope, std::string directory) {
  return {
      .directory = std::move(directory),
      .user = scope == bus::Scope::user ? std::optional<std::uint32_t>(::getuid()) : std::nullopt};
}

JournalPlace journal_of_units(bus::Scope scope, std::string directory) {
  JournalPlace out = journal_of(scope, std::move(directory));
  out.of_all_users = scope == bus::Scope::system;
  return out;
}

WatchedJournal::WatchedJournal(event::Loop& loop, JournalPlace place, Listener listener)
    : loop_(loop),
      place_(std::move(place)),
      listener_(std::move(listener)),
      look_at_latest_(loop.timer([this] { take_changes(); })) {}

void WatchedJournal::open() {
  readable_ = {};
  journal_.reset();
  if (const auto why = why_unreadable(place_)) {
    close(*why);
    return;
  }
  try {
    directories_ = journal_directories(place_);
    journal_.emplace(place_);
    readable_ =
        loop_.borrowed_io(journal_->descriptor(), EPOLLIN, [this](auto) { take_changes(); });
  } catch (const std::system_error& error) {
    close(failure(error));
    return;
  }
  why_closed_.reset();
  use(listener_.opened);
  take_changes();
}

void WatchedJournal::close(const Unseen& why) {
  readable_ = {};
  look_at_latest_.disarm();
  journal_.reset();
  why_closed_ = why;
  listener_.closed(why);
}

void WatchedJournal::look_again() {
  if (journal_ && directories_ == journal_directories(place_)) {
    take_changes();
  } else {
    open();
  }
}

void WatchedJournal::use(const std::function<void(Journal&)>& work) {
  if (!journal_) {
    return;
  }
  try {
    work(*journal_);
  } catch (const std::system_error& error) {
    close(failure(error));
  }
}

void WatchedJournal::take_changes() {
  use([this](Journal& journal) {
    const auto changes = journal.changes();
    if (const auto latest = journal.look_at_latest()) {
      look_at_latest_.arm_at(*latest);
    }
    listener_.changed(changes);
  });
}
}  // namespace checklist::observe
