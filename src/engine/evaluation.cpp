// SPDX-License-Identifier: MIT
#include "engine/evaluation.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "checklist/facts/clock.hpp"
#include "checklist/facts/manager.hpp"

#include "checks/host/nixos.hpp"
#include "engine/findings_of.hpp"
#include "engine/summarize.hpp"
#include "engine/usual_properties.hpp"

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;
// A pending check keeps its previous result until no fact of any check has arrived for the grace
// period, because the facts of a thousand units take longer than five seconds to read; at most for
// the longest.
constexpr Duration grace_period = 5s;
constexpr Duration longest_grace = 60s;

const CheckResult* find_result(const std::vector<CheckResult>& results, std::string_view check) {
  const auto at = std::ranges::find(results, check, &CheckResult::check);
  return at == results.end() ? nullptr : &*at;
}
}  // namespace

Evaluation::Evaluation(Facts& facts, config::Configuration configuration, std::string manager)
    : facts_(facts),
      configuration_(std::move(configuration)),
      manager_(std::move(manager)),
      user_(manager_.starts_with("user:") ? manager_.substr(5) : ""),
      specs_(configuration_.of_users),
      services_(configuration_.services.size()),
      host_results_(configuration_.host.size()),
      history_(manager_) {
  std::ranges::transform(configuration_.services, std::back_inserter(specs_),
                         &config::Service::spec);
  facts_.forget_readers();
  for (std::size_t index = 0; index < services_.size(); ++index) {
    add_readers(index, configuration_.services[index].checks.size());
  }
  host_summary_ = parts_.size();
  add_readers(services_.size(), configuration_.host.size());
}

void Evaluation::add_readers(std::size_t owner, std::size_t checks) {
  facts_.mark(parts_.size());
  parts_.push_back({owner, std::nullopt});
  for (std::size_t check = 0; check < checks; ++check) {
    facts_.mark(parts_.size());
    parts_.push_back({owner, check});
  }
}

std::optional<TimePoint> Evaluation::due() const {
  std::optional<TimePoint> first;
  for (const auto& each : {wakes_.next(), graces_.next(), user_reports_.next_expiry(),
                           acknowledgements_.next_expiry()}) {
    first = each && first ? std::min(each, first) : std::max(each, first);
  }
  return first;
}

bool Evaluation::run(Now now) {
  if (began_ == WallTime{}) {
    began_ = now.wall;
    boot_epoch_ = now;
  }
  if (std::exchange(arrivals_, facts_.arrivals()) != facts_.arrivals()) {
    last_arrival_ = now.moment;
  }
  changed_ |= user_reports_.expire_stale(configuration_.of_users, now.moment);
  changed_ |= acknowledgements_.expire(now);
  std::set<Reader> marked = facts_.take_marked();
  wakes_.take_due(now.moment, marked);
  graces_.take_due(now.moment, marked);
  const std::vector<Reader> readers(marked.begin(), marked.end());
  const auto owner = [this](Reader reader) { return parts_[reader].owner; };
  for (auto from = readers.begin(); from != readers.end();) {
    const auto to = std::ranges::find_if(from, readers.end(),
                                         [&](Reader each) { return owner(each) != owner(*from); });
    if (owner(*from) < services_.size()) {
      evaluate_service({from, to}, now);
    } else {
      evaluate_host({from, to}, now);
    }
    from = to;
  }
  if (!changed_) {
    return false;
  }
  publish(now);
  return true;
}

template <class Check, class Sees>
CheckResult Evaluation::result(Reader reader, const std::string& unit, const Check& check,
                               Sees& view, const CheckResult* previous, Now now) {
  ++evaluations_;
  facts_.begin(reader);
  Findings findings = findings_of(check, view);
  facts_.end(reader);
  wakes_.set(reader, view.wake_at());
  const Grace grace = track_pending(reader, now.moment);
  if (grace == Grace::active) {
    return history_.pending(unit, check.name, previous, now.wall);
  }
  return history_.record(unit, check.name,
                         grace == Grace::expired ? unanswered() : std::move(findings), previous,
                         now.wall);
}

Evaluation::Grace Evaluation::track_pending(Reader reader, TimePoint now) {
  if (!facts_.awaits(reader)) {
    pending_.erase(reader);
    graces_.set(reader, std::nullopt);
    return Grace::not_needed;
  }
  const TimePoint since = pending_.try_emplace(reader, now).first->second;
  const TimePoint end =
      std::min(std::max(since, last_arrival_) + grace_period, since + longest_grace);
  if (end <= now) {
    return Grace::expired;
  }
  graces_.set(reader, end);
  return Grace::active;
}

UnitSummary Evaluation::summary(Reader reader, const config::Service& service, Now now) {
  View view(facts_, reader, service.spec, now.moment);
  facts_.begin(reader);
  UnitSummary out = summarize(service, view, boot_epoch_);
  facts_.end(reader);
  wakes_.set(reader, view.wake_at());
  (void)track_pending(reader, now.moment);  // published even if incomplete
  return out;
}

std::shared_ptr<ServiceReport> Evaluation::blank_report(const config::Service& service) const {
  auto out = std::make_shared<ServiceReport>();
  out->unit = service.spec.unit;
  out->manager = manager_;
  out->group = service.spec.group;
  out->severity = service.spec.severity;
  out->enabled = service.spec.enabled;
  out->checks.resize(service.checks.size());
  return out;
}

// Copies the service's report only if something in it differs.
void Evaluation::evaluate_service(std::span<const Reader> readers, Now now) {
  const std::size_t index = parts_[readers.front()].owner;
  const config::Service& service = configuration_.services[index];
  const std::shared_ptr<const ServiceReport> previous = services_[index];
  std::shared_ptr<ServiceReport> next = previous ? nullptr : blank_report(service);
  if (!previous) {
    for (const std::string_view name : usual_properties(service.spec.unit)) {
      facts_.want(PropertyKey{service.spec.unit, std::string(name)});
    }
  }
  const auto put = [&](auto&& value, const auto& place) {
    if (!next && place(*previous) != value) {
      next = std::make_shared<ServiceReport>(*previous);
    }
    if (next) {
      place(*next) = std::forward<decltype(value)>(value);
    }
  };
  for (const Reader reader : readers) {
    const auto check = parts_[reader].check;
    if (!check) {
      put(
          summary(reader, service, now), [](auto& report) -> auto& { return report.summary; });
      continue;
    }
    const config::NamedCheck& named = service.checks[*check];
    View view(facts_, reader, service.spec, now.moment);
    CheckResult found = result(reader, service.spec.unit, named, view,
                               previous ? &previous->checks[*check] : nullptr, now);
    found.severity = named.severity;
    found.kind = named.traits.kind;
    put(
        std::move(found), [&check](auto& report) -> auto& { return report.checks[*check]; });
  }
  if (next) {
    services_[index] = std::move(next);
    changed_ = true;
  }
}

void Evaluation::summarize_host(HostReport& out, HostView& view) {
  if (acknowledgements_.any_active()) {
    (void)view[WallClockKey{}];  // if the clock is set, all expiry times are computed again
  }
  if (const auto& host = view[HostKey{}]) {
    out.systemd_version = host->version;
  }
  if (const auto& state = view[SystemStateKey{}]) {
    out.state = *state;
  }
  if (const auto& failed = view[FailedUnitsKey{}]) {
    out.failed_units = failed->size();
  }
  const auto nixos = checks::nixos_figures(view);
  out.nixos_generation = nixos.generation;
  out.nixos_reboot_needed = nixos.reboot_needed;
}

void Evaluation::evaluate_host(std::span<const Reader> readers, Now now) {
  HostReport next = host_ ? *host_ : HostReport{};
  for (const Reader reader : readers) {
    const auto check = parts_[reader].check;
    HostView view(facts_, reader, nothing_, now.moment, {.specs = specs_, .user = user_});
    if (!check) {
      facts_.begin(reader);
      summarize_host(next, view);
      facts_.end(reader);
      continue;
    }
    const auto& named = configuration_.host[*check];
    const CheckResult* previous = host_ ? find_result(host_->checks, named.name) : nullptr;
    host_results_[*check] = result(reader, "", named, view, previous, now);
  }
  next.checks.clear();
  for (std::size_t check = 0; check < host_results_.size(); ++check) {
    const bool applies =
        !host_results_[check].findings.empty() || pending_.contains(host_summary_ + 1 + check);
    if (applies) {
      next.checks.push_back(host_results_[check]);
    }
  }
  if (!host_ || *host_ != next) {
    host_ = std::make_shared<HostReport>(std::move(next));
    changed_ = true;
  }
}

void Evaluation::merge(const std::string& manager, UserReports::Services services, TimePoint now) {
  changed_ |= user_reports_.take(manager, std::move(services), now);
}

void Evaluation::acknowledge(Acknowledgements acknowledged) {
  acknowledgements_.replace_all(std::move(acknowledged));
  facts_.mark(host_summary_);
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
