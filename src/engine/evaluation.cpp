// SPDX-License-Identifier: MIT
#include "engine/evaluation.hpp"

#include <algorithm>
#include <exception>
#include <iterator>

#include "checklist/facts/clock.hpp"
#include "checklist/facts/manager.hpp"

#include "checks/host/nixos.hpp"
#include "engine/summarize.hpp"

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;
constexpr Duration grace_period = 5s;  // a pending check keeps its previous result this long

const CheckResult* find_result(const std::vector<CheckResult>& results, std::string_view check) {
  const auto at = std::ranges::find(results, check, &CheckResult::check);
  return at == results.end() ? nullptr : &*at;
}

// A defect of one check leaves the others, and the daemon, as they are.
Findings failed_check(const std::string& why) {
  return {{.status = Status::unknown,
           .subject = "check",
           .reason = "internal_error",
           .expected = "the check is evaluated",
           .observed = "an error in checklistd: " + why,
           .hint = "report it, with the log of checklistd and the unit's spec",
           .details = {}}};
}

template <class Check, class Sees>
Findings findings_of(const Check& check, Sees& view) {
  try {
    return check.run(view);
  } catch (const std::exception& error) {
    return failed_check(error.what());
  }
}
}  // namespace

Evaluation::Evaluation(Facts& facts, config::Configuration configuration, std::string manager)
    : facts_(facts),
      configuration_(std::move(configuration)),
      manager_(std::move(manager)),
      user_(manager_.starts_with("user:") ? manager_.substr(5) : ""),
      services_(configuration_.services.size()),
      history_(manager_) {
  for (Reader reader = 0; reader <= services_.size(); ++reader) {
    facts_.mark(reader);
  }
}

std::optional<TimePoint> Evaluation::due() const {
  std::optional<TimePoint> first;
  const auto consider = [&first](TimePoint moment) {
    first = std::min(first.value_or(moment), moment);
  };
  std::ranges::for_each(due_, [&](const auto& each) { consider(each.second); });
  for (const auto& [check, until] : pending_) {
    if (until > last_run_) {  // otherwise it has expired already
      consider(until);
    }
  }
  if (const auto next = user_reports_.next_expiry()) {
    consider(*next);
  }
  if (const auto next = acknowledgements_.next_expiry()) {
    consider(*next);
  }
  return first;
}

bool Evaluation::run(Now now) {
  if (began_ == WallTime{}) {
    began_ = now.wall;
    boot_epoch_ = now;
  }
  changed_ |= user_reports_.expire_stale(configuration_.of_users, now.moment);
  changed_ |= acknowledgements_.expire(now);
  auto marked = facts_.take_marked();
  for (const auto& [reader, moment] : due_) {
    if (moment <= now.moment) {
      marked.insert(reader);
    }
  }
  for (const auto& [check, until] : pending_) {
    if (last_run_ < until && until <= now.moment) {
      marked.insert(check.first);
    }
  }
  last_run_ = now.moment;
  const Reader host = services_.size();
  const bool host_too = marked.erase(host) > 0;
  for (const Reader reader : marked) {
    if (reader < host) {
      evaluate_service(reader, now);
    }
  }
  if (host_too || changed_) {
    evaluate_host(now);
  }
  if (!changed_) {
    return false;
  }
  publish(now);
  return true;
}

template <class Sees, class Checks>
std::vector<CheckResult> Evaluation::results(Reader reader, const std::string& unit, Sees& view,
                                             const Checks& checks,
                                             const std::vector<CheckResult>& previous, Now now) {
  std::vector<CheckResult> out;
  for (const auto& check : checks) {
    facts_.take_pending();
    Findings findings = findings_of(check, view);
    const Grace grace = track_pending({reader, check.name}, facts_.take_pending(), now.moment);
    const CheckResult* before = find_result(previous, check.name);
    if (grace == Grace::active) {
      out.push_back(history_.pending(unit, check.name, before, now.wall));
    } else {
      out.push_back(history_.record(unit, check.name,
                                    grace == Grace::expired ? unanswered() : std::move(findings),
                                    before, now.wall));
    }
  }
  return out;
}

Evaluation::Grace Evaluation::track_pending(const PendingCheck& check, bool is_pending,
                                            TimePoint now) {
  if (!is_pending) {
    pending_.erase(check);
    return Grace::not_needed;
  }
  const auto until = pending_.try_emplace(check, now + grace_period).first->second;
  return until > now ? Grace::active : Grace::expired;
}

void Evaluation::note_due(Reader reader, const View& view) {
  due_.erase(reader);
  if (const auto wake = view.wake_at()) {
    due_[reader] = *wake;
  }
}

void Evaluation::evaluate_service(std::size_t index, Now now) {
  ++evaluations_;
  const config::Service& service = configuration_.services[index];
  const auto previous = services_[index];
  facts_.forget(index);
  View view(facts_, index, service.spec, now.moment);
  auto next = std::make_shared<ServiceReport>();
  next->unit = service.spec.unit;
  next->manager = manager_;
  next->group = service.spec.group;
  next->severity = service.spec.severity;
  next->enabled = service.spec.enabled;
  facts_.take_pending();
  next->summary = summarize(service, view, boot_epoch_);
  (void)track_pending({index, "summary"}, facts_.take_pending(),
                      now.moment);  // published even if incomplete
  next->checks = results(index, next->unit, view, service.checks,
                         previous ? previous->checks : std::vector<CheckResult>{}, now);
  note_due(index, view);
  if (!previous || *previous != *next) {
    services_[index] = std::move(next);
    changed_ = true;
  }
}

void Evaluation::evaluate_host(Now now) {
  const Reader reader = services_.size();
  facts_.forget(reader);
  std::vector<Spec> specs = configuration_.of_users;
  std::ranges::transform(configuration_.services, std::back_inserter(specs),
                         &config::Service::spec);
  HostView view(facts_, reader, nothing_, now.moment,
                {.specs = specs, .services = services_, .user = user_});
  if (acknowledgements_.any_active()) {
    (void)view[WallClockKey{}];  // if the clock is set, all expiry times are computed again
  }
  auto next = std::make_shared<HostReport>();
  if (const auto& host = view[HostKey{}]) {
    next->systemd_version = host->version;
    next->state = host->state;
  }
  if (const auto& failed = view[FailedUnitsKey{}]) {
    next->failed_units = failed->size();
  }
  const auto nixos = checks::nixos_figures(view);
  next->nixos_generation = nixos.generation;
  next->nixos_reboot_needed = nixos.reboot_needed;
  next->checks = results(reader, "", view, configuration_.host,
                         host_ ? host_->checks : std::vector<CheckResult>{}, now);
  std::erase_if(next->checks, [&](const CheckResult& result) {  // does not apply to this host
    return result.findings.empty() && !pending_.contains({reader, result.check});
  });
  note_due(reader, view);
  if (!host_ || *host_ != *next) {
    host_ = std::move(next);
    changed_ = true;
  }
}

void Evaluation::merge(const std::string& manager, UserReports::Services services, TimePoint now) {
  changed_ |= user_reports_.take(manager, std::move(services), now);
}

void Evaluation::acknowledge(Acknowledgements acknowledged) {
  acknowledgements_.replace_all(std::move(acknowledged));
  facts_.mark(services_.size());
}

void Evaluation::publish(Now now) {
  auto next = std::make_shared<Report>();
  next->generation = ++generation_;
  next->made = now.wall;
  std::ranges::copy_if(services_, std::back_inserter(next->services),
                       [](const auto& each) { return each != nullptr; });
  std::ranges::copy(user_reports_.services(configuration_.of_users, began_),
                    std::back_inserter(next->services));
  for (auto& service : next->services) {
    service = acknowledgements_.applied_to(service, manager_);
  }
  next->host = acknowledgements_.applied_to(host_);
  const auto& changes = history_.changes();
  next->changes = std::make_shared<std::vector<Change>>(changes.begin(), changes.end());
  report_ = std::move(next);
  changed_ = false;
}

void Evaluation::resume(StatusHistory::Tracks tracks, std::vector<Change> changes) {
  history_.restore(std::move(tracks), std::move(changes));
}

void Evaluation::continue_after(const Evaluation& previous) {
  const auto& changes = previous.history_.changes();
  resume(previous.tracks(), {changes.begin(), changes.end()});
  generation_ = previous.generation_;
  evaluations_ = previous.evaluations_;
  user_reports_ = previous.user_reports_;
  acknowledgements_ = previous.acknowledgements_;
}

StatusHistory::Tracks Evaluation::tracks() const {
  StatusHistory::Tracks out;
  const auto keep = [&out](const std::string& unit, const std::vector<CheckResult>& results) {
    for (const CheckResult& result : results) {
      out[unit][result.check] = result.track;
    }
  };
  for (const auto& service : services_) {
    if (service) {
      keep(service->unit, service->checks);
    }
  }
  if (host_) {
    keep("", host_->checks);
  }
  return out;
}
}  // namespace checklist::engine
