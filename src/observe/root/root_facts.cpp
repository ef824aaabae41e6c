// SPDX-License-Identifier: MIT
#include "observe/root/root_facts.hpp"

#include "observe/root/roots_text.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration believed_for = 3min;  // three intervals of checklistd-files.timer
constexpr Duration time_to_settle = 1s;
constexpr Duration time_to_fill = 5s;  // a changed directory may still be written
constexpr Duration longest_wait = 4s;  // less than the time after which a pending fact is unknown

// A file that is written again and again differs in every look.
FileStatus without_contents(FileStatus file) {
  file.size = file.size == 0 ? 0 : 1;
  file.inode = 0;
  file.modified = {};
  return file;
}

bool is_alike(const Observed<FileStatus>& one, const Observed<FileStatus>& other) {
  return one && other ? without_contents(*one) == without_contents(*other) : one == other;
}

bool is_alike(const Observed<std::vector<std::string>>& one,
              const Observed<std::vector<std::string>>& other) {
  return one && other ? one->empty() == other->empty() : one == other;
}

template <class T>
bool is_alike(const Observed<T>& one, const Observed<T>& other) {
  return one == other;
}

Unseen not_named(Unseen why) {
  if (why.reason == "permission") {  // a sandbox has its own remedy
    why.remedy =
        "name it in a spec that only root can write, then run `systemctl start "
        "checklistd-files.service`";
  }
  return why;
}
}  // namespace

bool root_could_see(const Unseen& why) {
  return why.reason == "permission" || why.reason == "own_sandbox";
}

RootFacts::RootFacts(event::Loop& loop, std::function<void()> changed, std::string path,
                     std::string request)
    : loop_(loop),
      changed_(std::move(changed)),
      path_(std::move(path)),
      expiry_(loop.timer([this] { changed_(); })),
      wait_over_(loop.timer([this] { changed_(); })),
      look_(loop, std::move(request)) {}

// Starts to watch the file on first use.
void RootFacts::open() {
  if (!watch_) {
    watch_ = std::make_unique<event::PathWatch>(loop_, path_, [this] {
      read();
      changed_();
    });
    read();
    if (!facts_) {
      look_.ask(loop_.now());
    }
  }
}

void RootFacts::read() {
  const auto text = roots_text(path_);
  auto fresh = text ? parse::file_facts(*text) : std::nullopt;
  if (fresh && facts_ && fresh->made <= facts_->made + believed_for) {
    settle(&parse::FileFacts::files, *fresh);
    settle(&parse::FileFacts::globs, *fresh);
    settle(&parse::FileFacts::nodes, *fresh, "node ");
    settle(&parse::FileFacts::programs, *fresh, "program ");
  } else {
    differs_since_.clear();
  }
  facts_ = std::move(fresh);
  if (facts_) {
    look_.looked(facts_->made);
    expiry_.arm_at(facts_->made + believed_for);
  }
  if (!differs_since_.empty()) {
    look_.ask_in(time_to_settle);
  }
}

// Keeps what was known before where a look that is too young differs: the previous fact, or none.
template <class T>
void RootFacts::settle(std::map<std::string, Observed<T>> parse::FileFacts::*kind,
                       parse::FileFacts& fresh, const std::string& prefix) {
  const auto& before = (*facts_).*kind;
  auto& now = fresh.*kind;
  for (auto& [name, fact] : now) {
    const auto at = before.find(name);
    if (at != before.end() && is_alike(at->second, fact)) {
      differs_since_.erase(prefix + name);
    } else if (!is_settled(prefix + name, fresh.made)) {
      fact = at != before.end() ? at->second : Observed<T>();
    }
  }
  for (const auto& [name, fact] : before) {
    if (!now.contains(name) && !is_settled(prefix + name, fresh.made)) {
      now.emplace(name, fact);
    }
  }
}

// Returns whether a change was seen by a look long enough ago.
bool RootFacts::is_settled(const std::string& name, TimePoint made) {
  const auto since = differs_since_.try_emplace(name, made).first;
  const bool is = made >= since->second + time_to_settle;
  if (is) {
    differs_since_.erase(since);
    look_.ask_in(time_to_fill);
  }
  return is;
}

bool RootFacts::stale() const {
  return loop_.now() >= facts_->made + believed_for;
}

bool RootFacts::is_since(const std::string& name, TimePoint moment) {
  open();
  const bool is = facts_ && facts_->made >= moment;
  if (!is) {
    look_.ask(moment);
  }
  return is && !differs_since_.contains(name);
}

std::optional<Unseen> RootFacts::unusable(const Unseen& own) {
  open();
  if (!facts_) {
    Unseen why = own;
    why.remedy = "run `systemctl enable --now checklistd-files.path checklistd-files.timer`";
    return why;
  }
  if (stale()) {
    return Unseen{"stale", "the facts from checklistd-files.service are out of date",
                  "run `systemctl start checklistd-files.timer`"};
  }
  return std::nullopt;
}

template <class T>
Observed<T> RootFacts::lookup(std::map<std::string, Observed<T>> parse::FileFacts::*kind,
                              const std::string& name, const Unseen& own) {
  if (auto why = unusable(own)) {
    served_.erase(name);
    return *why;
  }
  const auto& written = *facts_.*kind;
  if (const auto at = written.find(name); at != written.end()) {
    served_.insert(name);
    return at->second;
  }
  served_.erase(name);
  return not_named(own);
}

// Returns whether a look of that moment may still come; nothing if there was one.
std::optional<bool> RootFacts::is_awaited(TimePoint since) {
  return facts_->made >= since ? std::nullopt : std::optional(loop_.now() < since + longest_wait);
}

Observed<HeldFiles> RootFacts::held(const std::string& cgroup, std::uint64_t id,
                                    const Unseen& own) {
  if (auto why = unusable(own)) {
    return *why;
  }
  const auto at = facts_->cgroups.find(cgroup);
  if (at != facts_->cgroups.end() && at->second.id == id) {
    awaited_.erase(cgroup);
    return at->second.held;
  }
  auto& [awaited_id, since] = awaited_[cgroup];
  if (awaited_id != id) {  // a new run of the unit, after the last look
    awaited_id = id;
    since = loop_.now();
    look_.ask(since);
  }
  if (const auto awaited = is_awaited(since)) {
    return *awaited ? Observed<HeldFiles>()
                    : Unseen{"stale",
                             "checklistd-files.service did not look at the processes of this run",
                             "run `systemctl start checklistd-files.service`"};
  }
  return not_named(own);
}

Observed<FileStatus> RootFacts::file(const std::string& path, const Unseen& own) {
  return lookup(&parse::FileFacts::files, path, own);
}

Observed<std::vector<std::string>> RootFacts::glob(const std::string& pattern, const Unseen& own) {
  return lookup(&parse::FileFacts::globs, pattern, own);
}

template <class T>
Observed<T> RootFacts::needed(std::map<std::string, Observed<T>> parse::FileFacts::*kind,
                              const std::string& path, const Unseen& own) {
  if (auto why = unusable(own)) {
    return *why;
  }
  const auto& written = *facts_.*kind;
  if (const auto at = written.find(path); at != written.end()) {
    wanted_since_.erase(path);
    return at->second;
  }
  const auto [since, is_new] = wanted_since_.try_emplace(path, loop_.now());
  if (is_new) {
    look_.ask(since->second);
    wait_over_.arm_at(since->second + longest_wait);
  }
  return is_awaited(since->second).value_or(false) ? Observed<T>() : Observed<T>(own);
}

Observed<Node> RootFacts::node(const std::string& path, const Unseen& own) {
  return needed(&parse::FileFacts::nodes, path, own);
}

Observed<Program> RootFacts::program(const std::string& path, const Unseen& own) {
  return needed(&parse::FileFacts::programs, path, own);
}
}  // namespace checklist::observe
