// SPDX-License-Identifier: MIT
#include "observe/root/config_test_observer.hpp"

#include <algorithm>
#include <utility>

#include "observe/root/roots_text.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration believed_for = 16min;  // three intervals of checklistd-config-test.timer
constexpr Duration longest_wait = 4s;  // less than the time after which a pending fact is unknown
constexpr auto enable =
    "run `systemctl enable --now checklistd-config-test.path checklistd-config-test.timer`";
}  // namespace

ConfigTestObserver::ConfigTestObserver(event::Loop& loop, Put<ConfigTestKey> put, std::string path,
                                       std::string request)
    : loop_(loop),
      put_(std::move(put)),
      path_(std::move(path)),
      wait_over_(loop.timer([this] { look_again(); })),
      expiry_(loop.timer([this] { look_again(); })),
      request_(loop, std::move(request)) {}

void ConfigTestObserver::follow(const std::set<ConfigTestKey>& keys) {
  std::erase_if(followed_, [&keys](const auto& each) { return !keys.contains(each.first); });
  bool is_any_new = false;
  for (const ConfigTestKey& key : keys) {
    is_any_new |= followed_.try_emplace(key, loop_.now()).second;
  }
  if (is_any_new) {
    open();
    look_again();
  }
}

void ConfigTestObserver::look_again() {
  std::optional<TimePoint> next;
  for (const auto& [key, followed] : followed_) {
    if (!look(key, followed)) {
      next = std::min(next.value_or(followed + longest_wait), followed + longest_wait);
    }
  }
  if (next) {
    wait_over_.arm_at(*next);
  }
}

// Starts to watch the file on first use.
void ConfigTestObserver::open() {
  if (!watch_) {
    watch_ = std::make_unique<event::PathWatch>(loop_, path_, [this] {
      read();
      look_again();
    });
    read();
  }
}

void ConfigTestObserver::read() {
  const auto text = roots_text(path_);
  tests_ = text ? parse::config_tests(*text) : std::nullopt;
  if (tests_) {
    request_.looked(tests_->made);
    expiry_.arm_at(tests_->made + believed_for);
  }
}

bool ConfigTestObserver::is_fresh() const {
  return tests_ && loop_.now() < tests_->made + believed_for;
}

// Returns null if there is no result of that command.
const ConfigTest* ConfigTestObserver::result(const ConfigTestKey& key) const {
  if (!is_fresh()) {
    return nullptr;
  }
  const auto at = tests_->units.find(key.unit);
  const bool is_it =
      at != tests_->units.end() && (key.command.empty() || at->second.command == key.command);
  return is_it ? &at->second : nullptr;
}

// Returns false if a result is awaited. A key without a command only reads what there is: no test
// may be wanted for its unit.
bool ConfigTestObserver::look(const ConfigTestKey& key, TimePoint followed) {
  if (disabled_) {
    put_(key, *disabled_);
    return true;
  }
  if (const ConfigTest* found = result(key)) {
    if (tests_->made < key.since) {
      request_.ask(key.since);
    }
    put_(key, *found);
    return true;
  }
  if (key.command.empty()) {
    put_(key, ConfigTest{.end = ConfigTest::End::not_run, .problem = "no test is wanted"});
    return true;
  }
  if (!tests_ || tests_->made < followed) {
    request_.ask(followed);  // also after a run during which requests had no effect
  }
  if (loop_.now() < followed + longest_wait) {
    return false;
  }
  put_(key,
       is_fresh()
           ? Unseen{"not_tested", "checklistd-config-test.service did not test it",
                    "name the test in a spec in /etc/checklistd that only root can write, then run "
                    "`systemctl start checklistd-config-test.service`"}
           : Unseen{"not_tested", "checklistd-config-test.service has not run", enable});
  return true;
}
}  // namespace checklist::observe
