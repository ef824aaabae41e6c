// SPDX-License-Identifier: MIT
#include "observe/journal/ignored_line_observer.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <systemd/sd-messages.h>

#include "parse/ignored_line.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
static_assert(parse::message::invalid_configuration == SD_MESSAGE_INVALID_CONFIGURATION_STR);

constexpr Duration longest_turn = 2ms;
constexpr Duration rest = 2ms;
constexpr Duration arrival = 1s;  // journald notifies 250 ms late, later under load
constexpr std::size_t most_lines = 4096;
constexpr std::int64_t longest_lag = 60'000'000;  // µs

std::vector<Journal::Alternatives> selection(const parse::Speaker& speaker, bool of_pid_1) {
  Journal::Matches structured = speaker.trusted;
  structured.push_back("MESSAGE_ID=" + std::string(parse::message::invalid_configuration));
  Journal::Alternatives out{std::move(structured)};
  if (of_pid_1) {
    out.push_back({"_TRANSPORT=kernel", "SYSLOG_IDENTIFIER=systemd"});
  }
  return {out};
}

// Returns when an entry was logged: before journald received it.
TimePoint logged_at(const JournalEntry& entry, WallTime received) {
  const auto of_kernel =
      semantics::number<std::uint64_t>(parse::field(entry.fields, "_SOURCE_MONOTONIC_TIMESTAMP"));
  if (of_kernel) {
    return monotonic(*of_kernel);
  }
  const auto sent =
      semantics::number<std::int64_t>(parse::field(entry.fields, "_SOURCE_REALTIME_TIMESTAMP"));
  const std::int64_t lag = sent ? received.time_since_epoch().count() - *sent : 0;
  return *entry.at - Duration{std::clamp<std::int64_t>(lag, 0, longest_lag)};
}

// Returns a time in µs; 0 if it is not set.
std::uint64_t time_in(const bus::Reply& reply) {
  const auto* usec = at<std::uint64_t>(reply.body, 0);
  return usec != nullptr && is_set(*usec) ? *usec : 0;
}

bool is_warning_logged(const bus::Reply& reply) {
  const auto* level = at<std::string>(reply.body, 0);
  const auto priority = level != nullptr ? from_text<Priority>(*level) : std::nullopt;
  return !priority || *priority >= Priority::warning;
}
}  // namespace

IgnoredLineObserver::IgnoredLineObserver(event::Loop& loop, Systemd& systemd,
                                         Put<IgnoredLinesKey> put, std::string directory,
                                         semantics::Boot boot)
    : loop_(loop),
      systemd_(systemd),
      put_(std::move(put)),
      boot_(std::move(boot)),
      watched_(loop, journal_of(systemd.scope(), std::move(directory)),
               {.opened = [](Journal&) {},
                .closed = [this](const Unseen& /*why*/) { put_all(); },
                .changed =
                    [this](auto) {
                      behind_ = true;
                      work_.arm_at(loop_.now());
                    }}),
      work_(loop.timer([this] { turn(); })),
      later_(loop.timer([this] {
        drop_former_loads();
        put_all();
      })) {
  systemd_.attach(*this);
}

void IgnoredLineObserver::follow(const std::set<IgnoredLinesKey>& keys) {
  followed_ = keys;
  if (!followed_.empty() && watched_.journal() == nullptr && !watched_.why_closed()) {
    watched_.open();
    ask_manager();
  }
  put_all();
}

void IgnoredLineObserver::look_again() {
  if (!followed_.empty()) {
    watched_.look_again();
  }
}

void IgnoredLineObserver::resync() {
  ask_manager();
}

// Replies arrive in the order of the calls. UnitsLoadTimestamp is when the last daemon-reload began
// to load units; after a boot without one only UnitsLoadStartTimestamp is set.
void IgnoredLineObserver::ask_manager() {
  if (!systemd_.up() || followed_.empty()) {
    return;
  }
  systemd_.get(manager_path, manager_interface, "LogLevel",
               [this](const bus::Reply& reply) { logs_warnings_ = is_warning_logged(reply); });
  systemd_.get(manager_path, manager_interface, "UnitsLoadTimestampMonotonic",
               [this](const bus::Reply& reply) { reloaded_at_ = time_in(reply); });
  systemd_.get(manager_path, manager_interface, "UnitsLoadStartTimestampMonotonic",
               [this](const bus::Reply& reply) {
                 take_load(monotonic(std::max(reloaded_at_, time_in(reply))));
               });
}

void IgnoredLineObserver::take_load(TimePoint loaded_at) {
  if (loaded_at_ != loaded_at) {
    const bool is_old = !loaded_at_ && loop_.now() - loaded_at > 10 * arrival;
    complete_at_ = loop_.now() + (is_old ? Duration{} : arrival);
    loaded_at_ = loaded_at;
    lines_.clear();
    kept_ = 0;
    loaded_alone_.clear();
    place_ = {.cursor = {}, .from = loaded_at};
    behind_ = true;
    later_.arm_at(complete_at_);
  }
  work_.arm_at(loop_.now());
}

void IgnoredLineObserver::turn() {
  if (!loaded_at_ || watched_.journal() == nullptr) {
    return;
  }
  watched_.use([this](Journal& journal) {
    const TimePoint now = loop_.now();
    (void)journal.changes();
    const auto speaker = parse::manager_of(watched_.place().user);
    behind_ = !read_on(journal, place_, selection(speaker, !watched_.place().user),
                       {.horizon = now, .until = now + longest_turn, .boot_id = boot_.id},
                       [this, &journal](const JournalEntry& entry) {
                         take(entry, journal.stamp().wall);
                         return true;
                       });
  });
  if (behind_) {
    work_.arm_at(loop_.now() + rest);
  } else {
    put_all();
  }
}

void IgnoredLineObserver::take(const JournalEntry& entry, WallTime received) {
  const auto found =
      parse::ignored_line(entry.fields, parse::manager_of(watched_.place().user).unit_field);
  if (!found || !entry.at) {
    return;
  }
  const TimePoint logged = logged_at(entry, received);
  if (logged < *loaded_at_) {
    return;
  }
  for (const std::string& unit : found->units) {
    auto& lines = lines_[unit];
    const auto at = lines.find(found->line);
    if (at != lines.end()) {
      at->second = std::max(at->second, logged);
    } else if (kept_ < most_lines) {
      lines.emplace(found->line, logged);
      ++kept_;
    }
  }
}

// Asking about a unit that is not loaded loads it: what was logged before is dropped only when the
// lines of this load have arrived.
void IgnoredLineObserver::unit_loaded_or_unloaded(const std::string& unit) {
  if (lines_.contains(unit)) {
    loaded_alone_[unit] = loop_.now();
    later_.arm_at(loop_.now() + 2 * arrival);
  }
}

void IgnoredLineObserver::drop_former_loads() {
  for (auto load = loaded_alone_.begin(); load != loaded_alone_.end();) {
    const TimePoint signal = load->second;
    if (loop_.now() < signal + 2 * arrival) {
      later_.arm_at(signal + 2 * arrival);
      ++load;
      continue;
    }
    if (const auto at = lines_.find(load->first); at != lines_.end()) {
      kept_ -= std::erase_if(at->second,
                             [&](const auto& each) { return each.second < signal - arrival; });
    }
    load = loaded_alone_.erase(load);
  }
}

IgnoredLinesKey::Fact IgnoredLineObserver::lines_of(const std::string& id) const {
  IgnoredLinesKey::Fact out;
  const auto at = id.find('@');
  const auto dot = id.rfind('.');
  const bool is_instance = at != std::string::npos && dot != std::string::npos && at < dot;
  for (const std::string& name :
       {id, is_instance ? id.substr(0, at + 1) + id.substr(dot) : std::string()}) {
    if (const auto lines = lines_.find(name); lines != lines_.end()) {
      std::ranges::transform(lines->second, std::back_inserter(out),
                             [](const auto& each) { return each.first; });
    }
  }
  std::ranges::sort(out);
  return out;
}

void IgnoredLineObserver::put_all() {
  const auto& why = watched_.why_closed();
  const bool is_complete = loaded_at_ && !behind_ && loop_.now() >= complete_at_;
  for (const IgnoredLinesKey& key : followed_) {
    if (why) {
      put_(key, *why);
    } else if (is_complete && !logs_warnings_) {
      put_(key, Unseen{"unsupported", "the manager logs no warnings (LogLevel=)",
                       "run `systemctl log-level info`"});
    } else if (is_complete) {
      put_(key, lines_of(key.id));
    }
  }
}
}  // namespace checklist::observe
