// SPDX-License-Identifier: MIT
#include "observe/files/root_facts.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "event/fd.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration believed_for = 3min;  // three intervals of checklistd-files.timer
constexpr off_t largest = 4 << 20;

// Returns the contents of a file that only root can have written.
std::optional<std::string> roots_text(const std::string& path) {
  const event::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));

  struct stat status {};

  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
      status.st_uid != 0 || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0 ||
      status.st_size > largest) {
    return std::nullopt;
  }
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  const ssize_t size = ::read(file.get(), text.data(), text.size());
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return text;
}
}  // namespace

bool root_could_see(const Unseen& why) {
  return why.reason == "permission" || why.reason == "own_sandbox";
}

RootFacts::RootFacts(event::Loop& loop, std::function<void()> changed, std::string path)
    : loop_(loop),
      changed_(std::move(changed)),
      path_(std::move(path)),
      expiry_(loop.timer([this] { changed_(); })) {}

// Starts to watch the file on first use.
void RootFacts::open() {
  if (!watch_) {
    watch_ = std::make_unique<event::PathWatch>(loop_, path_, [this] {
      read();
      changed_();
    });
    read();
  }
}

void RootFacts::read() {
  const auto text = roots_text(path_);
  facts_ = text ? parse::file_facts(*text) : std::nullopt;
  if (facts_) {
    expiry_.arm_at(facts_->made + believed_for);
  }
}

bool RootFacts::stale() const {
  return loop_.now() >= facts_->made + believed_for;
}

template <class T>
Observed<T> RootFacts::lookup(std::map<std::string, Observed<T>> parse::FileFacts::*kind,
                              const std::string& name, const Unseen& own) {
  open();
  Unseen why = own;
  if (!facts_) {
    why.remedy = "run `systemctl enable --now checklistd-files.path checklistd-files.timer`";
    return why;
  }
  if (stale()) {
    return Unseen{"stale", "the facts from checklistd-files.service are out of date",
                  "run `systemctl start checklistd-files.timer`"};
  }
  const auto& written = *facts_.*kind;
  if (const auto at = written.find(name); at != written.end()) {
    return at->second;
  }
  why.remedy =
      "name it in a spec that only root can write, then run `systemctl start "
      "checklistd-files.service`";
  return why;
}

Observed<FileStatus> RootFacts::file(const std::string& path, const Unseen& own) {
  return lookup(&parse::FileFacts::files, path, own);
}

Observed<std::vector<std::string>> RootFacts::glob(const std::string& pattern, const Unseen& own) {
  return lookup(&parse::FileFacts::globs, pattern, own);
}
}  // namespace checklist::observe
