// SPDX-License-Identifier: MIT
#include "observe/journal/watched_journal.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "event/fd.hpp"
#include "observe/journal/journal_access.hpp"
#include "observe/journal/truncation_guard.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration between_reopens = 10s;  // because of truncated files

Unseen used_up(const std::string& what, const std::string& limit) {
  return {"unsupported",
          "cannot follow the journal: the user of checklistd has as many " + what + " as " + limit +
              " allows",
          "raise " + limit + " with sysctl(8), or end what uses them up"};
}

Unseen failure(const std::system_error& error) {
  const event::Fd another(::open("/", O_PATH | O_CLOEXEC));
  if (error.code().value() == EMFILE && another) {  // inotify_init(2), but not for LimitNOFILE=
    return used_up("inotify instances", "fs.inotify.max_user_instances");
  }
  if (error.code().value() == ENOSPC) {
    return used_up("inotify watches", "fs.inotify.max_user_watches");
  }
  return {"unsupported", std::string("cannot read the journal: ") + error.what(),
          "run `journalctl --verify`"};
}

// Throws if no watch is left: sd-journal ignores that, and would tell of nothing.
void must_watch(event::Loop& loop, const std::vector<std::string>& directories) {
  for (const std::string& directory : directories) {
    try {
      (void)loop.inotify(directory, IN_DELETE_SELF, [](auto, const auto& /*name*/) {});
    } catch (const std::system_error& error) {
      if (error.code().value() == ENOSPC) {
        throw;
      }
    }
  }
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
      look_at_latest_(loop.timer([this] { take_changes(); })),
      reopen_(loop.deferred(event::Priority::io, [this] { open(); })) {}

void WatchedJournal::open() {
  readable_ = {};
  journal_.reset();
  if (const auto why = why_unreadable(place_)) {
    close(*why);
    return;
  }
  try {
    directories_ = journal_directories(place_);
    must_watch(loop_, directories_);
    const TruncationGuard guard;  // a file may be truncated while it is opened, too
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
  if (journal_ && directories_ == journal_directories(place_) && !why_too_large(directories_)) {
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
    const TruncationGuard guard;
    work(*journal_);
    if (guard.was_truncated()) {
      truncated();
    }
  } catch (const std::system_error& error) {
    close(failure(error));
  }
}

// Opens the journal again, without the file that was truncated; not more often than every 10 s.
void WatchedJournal::truncated() {
  if (loop_.now() - last_reopened_ < between_reopens) {
    throw std::system_error(EIO, std::generic_category(),
                            "files are truncated while they are read");
  }
  last_reopened_ = loop_.now();
  reopen_.arm();
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
