// SPDX-License-Identifier: MIT
#include "ctl/exercise/steps.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "ctl/exercise/as_found.hpp"

namespace checklist::ctl {
namespace {
using namespace std::chrono_literals;

constexpr Duration to_be_seen = 15s;  // until what has happened is observed
constexpr std::string_view own_check = "exercise";

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

std::string listed(const std::set<std::string>& all) {
  std::string out;
  for (const std::string& each : all) {
    out += (out.empty() ? "" : ", ") + each;
  }
  return out;
}

ExerciseStep passed(std::string text) {
  return {.name = {}, .outcome = Outcome::passed, .text = std::move(text)};
}

ExerciseStep failed(std::string text) {
  return {.name = {}, .outcome = Outcome::failed, .text = std::move(text)};
}

ExerciseStep skipped(std::string text) {
  return {.name = {}, .outcome = Outcome::skipped, .text = std::move(text)};
}
}  // namespace

Steps::Steps(const ExercisePlan& plan, const Affected& affected, const RunContext& context)
    : plan_(plan),
      affected_(affected),
      context_(context),
      unit_(*context.units.at(plan.unit)),
      was_up_(is_up(unit_)),
      no_mask_(no_mask(unit_, context.restoring.directories)),
      no_toggle_(no_toggle(unit_, context.restoring.directories)),
      addresses_(unit_.addresses),
      passing_(passing()) {
  for (const auto& [name, unit] : context.units) {
    started_.emplace(name, unit->started);
  }
}

bool Steps::wait(const std::function<bool()>& condition, Duration longest) {
  bool is_met = condition();
  if (!is_met) {
    context_.engine.observe_until([&] { return (is_met = condition()) || context_.interrupted(); },
                                  longest);
  }
  return is_met;
}

Systemctl::Done Steps::call(const std::vector<std::string>& arguments) {
  return context_.systemctl.run(arguments, context_.restoring.longest);
}

std::set<std::string> Steps::not_stopped() const {
  std::set<std::string> out;
  for (const AffectedUnit& each : affected_.units) {
    if (each.role != Role::starts && !is_down(*context_.units.at(each.unit))) {
      out.insert(each.unit);
    }
  }
  return out;
}

ExerciseStep Steps::stop() {
  if (!was_up_ && is_down(unit_)) {
    return skipped("it ended by itself");
  }
  std::vector<std::string> words{"--no-block", "stop"};
  for (const AffectedUnit& each : affected_.units) {
    if (each.role == Role::trigger) {
      words.push_back(each.unit);
    }
  }
  words.push_back(plan_.unit);
  const auto done = call(words);
  if (!done.succeeded) {
    return failed(first_line(done.output));
  }
  if (!wait([this] { return not_stopped().empty(); }, context_.restoring.longest)) {
    return failed("still active: " + listed(not_stopped()));
  }
  if (unit_.seen.active == ActiveState::failed) {
    return failed("stopping it made it fail, with result '" + unit_.result + "'");
  }
  return passed("is inactive");
}

ExerciseStep Steps::released() {
  if (!was_up_ && unit_.is_oneshot) {
    return skipped("it ended by itself");
  }
  const bool may_leave = unit_.kill_mode == "process" || unit_.kill_mode == "none";
  const auto gone = [&] { return may_leave || unit_.processes.empty(); };
  const auto free = [&] { return held(addresses_, unit_).empty(); };
  if (!wait([&] { return gone() && free(); }, to_be_seen)) {
    if (!gone()) {
      return failed(counted(unit_.processes.size(), "process", "processes") +
                    " of it still running, first " + std::to_string(unit_.processes.front()));
    }
    return failed("still listened on: " + listed(held(addresses_, unit_)));
  }
  std::string text = unit_.processes.empty()
                         ? "no process"
                         : "its processes may stay (KillMode=" + unit_.kill_mode + ")";
  if (!addresses_.empty()) {
    text += ", no listener on " + listed(addresses_);
  }
  return passed(text);
}

ExerciseStep Steps::mask() {
  if (!no_mask_.empty()) {
    return skipped(no_mask_);
  }
  if (const auto done = call({"--runtime", "mask", plan_.unit}); !done.succeeded) {
    return failed(first_line(done.output));
  }
  if (call({"start", plan_.unit}).succeeded) {
    return failed("it starts although it is masked");
  }
  const auto done = call({"--runtime", "unmask", plan_.unit});
  return done.succeeded ? passed("does not start while it is masked")
                        : failed(first_line(done.output));
}

bool Steps::has_started(const ObservedUnit& unit) const {
  return unit.started != started_.at(unit.unit);
}

std::string Steps::start_one(const ObservedUnit& unit) {
  forget_starts(context_.systemctl, unit.unit, context_.restoring.longest);
  if (const auto done = call({"--no-block", "start", unit.unit}); !done.succeeded) {
    return first_line(done.output);
  }
  const auto has_begun = [&] { return unit.seen.job != 0 || has_started(unit); };
  const auto has_ended = [&] {
    return (has_started(unit) && is_up(unit)) || (unit.seen.job == 0 && is_down(unit));
  };
  if (wait(has_begun, to_be_seen)) {
    wait(has_ended, context_.restoring.longest);
  }
  if (!wait([&] { return has_started(unit); }, to_fail)) {
    return unit.unit + " was not started: a condition is not met, or what it needs failed";
  }
  const bool is_done = unit.is_oneshot && is_down(unit) && unit.result == "success";
  return is_up(unit) || is_done ? "" : unit.unit + " is " + std::string(text(unit.seen.active));
}

ExerciseStep Steps::start() {
  for (const AffectedUnit& each : affected_.units) {
    const ObservedUnit& unit = *context_.units.at(each.unit);
    const std::string failure =
        each.role == Role::starts || is_up(unit) ? std::string() : start_one(unit);
    if (!failure.empty()) {
      return failed(failure);
    }
  }
  return passed(unit_.is_oneshot ? "its run succeeded" : "is active");
}

ExerciseStep Steps::ready() {
  const auto has_failed = [this] { return unit_.seen.active == ActiveState::failed; };
  if (!wait(has_failed, to_fail)) {
    wait([&] { return has_failed() || waited_for().empty(); }, longest_settling());
  }
  if (has_failed()) {
    return failed("has failed, with result '" + unit_.result + "'");
  }
  if (const auto missing = waited_for(); !missing.empty()) {
    return failed("not again: " + listed(missing));
  }
  std::string text = counted(passing_.size(), "check passes", "checks pass") + " again";
  if (passing_.empty()) {
    text = addresses_.empty() ? "has no spec, and listens nowhere" : "";
  }
  if (!addresses_.empty()) {
    text += (text.empty() ? "" : ", ") + ("listens on " + listed(addresses_));
  }
  return passed(text);
}

std::set<std::string> Steps::waited_for() const {
  std::set<std::string> out;
  const auto here = passing();
  std::ranges::set_difference(passing_, here, std::inserter(out, out.end()));
  if (was_up_) {
    std::ranges::set_difference(addresses_, unit_.addresses, std::inserter(out, out.end()));
  }
  return out;
}

std::set<std::string> Steps::passing() const {
  std::set<std::string> out;
  const auto report = context_.engine.report();
  const std::size_t first = context_.units.size();
  for (std::size_t i = first; report && i < report->services.size(); ++i) {
    for (const CheckResult& each : report->services[i]->checks) {
      if (each.status() == Status::pass && each.check != own_check) {
        out.insert(report->services[i]->unit + " " + each.check);
      }
    }
  }
  return out;
}

Duration Steps::longest_settling() const {
  Duration out = 30s;
  for (const config::Service& each : context_.specs) {
    out = std::max(out, each.spec.settle);
  }
  return std::min(out + 30s, context_.restoring.longest);
}

UnitLinks Steps::links() const {
  return unit_links(context_.restoring.directories.persistent,
                    {plan_.names.begin(), plan_.names.end()});
}

ExerciseStep Steps::disable() {
  if (!no_toggle_.empty()) {
    return skipped(no_toggle_);
  }
  if (const auto done = call({"disable", plan_.unit}); !done.succeeded) {
    return failed(first_line(done.output));
  }
  const std::string state = call({"is-enabled", plan_.unit}).output;
  return state.starts_with("enabled") ? failed("is still " + state)
                                      : passed("is " + first_line(state));
}

ExerciseStep Steps::enable() {
  if (!no_toggle_.empty()) {
    return skipped(no_toggle_);
  }
  if (const auto done = call({"enable", plan_.unit}); !done.succeeded) {
    return failed(first_line(done.output));
  }
  const UnitLinks made = links();
  std::set<std::string> differ;
  for (const auto& [path, target] : plan_.links) {
    if (!made.contains(path)) {
      differ.insert("does not make " + path);
    }
  }
  for (const auto& [path, target] : made) {
    if (!plan_.links.contains(path)) {
      differ.insert("also makes " + path);
    }
  }
  return differ.empty() ? passed("makes the links that there were")
                        : failed("enabling it " + listed(differ));
}

ExerciseStep Steps::restored(bool may_break, std::vector<std::string>& not_restored) {
  not_restored =
      restore(plan_, context_.restoring, context_.systemctl, may_break || context_.interrupted());
  return not_restored.empty() ? passed("everything is as it was found")
                              : failed(listed({not_restored.begin(), not_restored.end()}));
}
}  // namespace checklist::ctl
