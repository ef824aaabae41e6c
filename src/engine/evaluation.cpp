// SPDX-License-Identifier: MIT
#include "engine/evaluation.hpp"

#include <algorithm>
#include <iterator>

namespace checklist::engine {
namespace {
using namespace std::chrono_literals;
constexpr Duration patience = 5s;  // how long a pending fact keeps a check's former status
constexpr std::size_t most_changes = 100;

std::size_t index_of(Status status) {
  return static_cast<std::size_t>(status);
}

// The finding that decided, as a change tells it.
std::string decisive(const Findings& findings) {
  const auto at = std::ranges::max_element(findings, {}, &Finding::status);
  return at != findings.end() ? at->observed : std::string();
}

const CheckResult* find_result(const std::vector<CheckResult>& results, std::string_view check) {
  const auto at = std::ranges::find(results, check, &CheckResult::check);
  return at == results.end() ? nullptr : &*at;
}

Findings not_looked_at() {
  return {unknown("facts", "an answer", Unseen{"pending", "nobody answered yet", ""})};
}

std::string text_of(const Observed<Value>& property) {
  const auto* text = property ? property->get<std::string>() : nullptr;
  return text != nullptr ? *text : std::string();
}

std::optional<std::uint64_t> number_of(const Observed<Value>& property) {
  const auto* number = property ? property->get<std::uint64_t>() : nullptr;
  return number != nullptr ? std::optional(*number) : std::nullopt;
}
}  // namespace

Evaluation::Evaluation(Facts& facts, config::Configuration configuration, std::string manager)
    : facts_(facts),
      configuration_(std::move(configuration)),
      manager_(std::move(manager)),
      services_(configuration_.services.size()) {
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
  for (const auto& [reader, wait] : waiting_) {
    if (!wait.given_up) {
      consider(wait.until);
    }
  }
  if (const auto next = published_.next_to_grow_old()) {
    consider(*next);
  }
  return first;
}

bool Evaluation::run(Now now) {
  if (began_ == WallTime{}) {
    began_ = now.wall;
  }
  changed_ |= published_.grow_old(now.moment);
  auto marked = facts_.take_marked();
  for (const auto& [reader, moment] : due_) {
    if (moment <= now.moment) {
      marked.insert(reader);
    }
  }
  for (auto& [reader, wait] : waiting_) {
    if (!wait.given_up && wait.until <= now.moment) {
      wait.given_up = true;
      marked.insert(reader);
    }
  }
  const Reader host = services_.size();
  bool host_too = marked.erase(host) > 0;
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

void Evaluation::evaluate_service(std::size_t index, Now now) {
  ++evaluations_;
  const config::Service& service = configuration_.services[index];
  const auto former = services_[index];
  facts_.forget(index);
  View view(facts_, index, service.spec, now.moment);
  facts_.take_pending();
  bool any_pending = false;
  const bool given_up = waiting_.contains(index) && waiting_.at(index).given_up;
  auto next = std::make_shared<ServiceReport>();
  next->unit = service.spec.unit;
  next->manager = manager_;
  next->group = service.spec.group;
  next->severity = service.spec.severity;
  next->enabled = service.spec.enabled;
  for (const config::NamedCheck& check : service.checks) {
    Findings findings = check.run(view);
    const bool pending = facts_.take_pending();
    any_pending |= pending;
    const CheckResult* before = former ? find_result(former->checks, check.name) : nullptr;
    next->checks.push_back(judge(next->unit, check.name,
                                 pending && given_up ? not_looked_at() : std::move(findings),
                                 pending && !given_up, before, now));
  }
  next->summary = summarize(view);
  if (any_pending |= facts_.take_pending(); any_pending) {
    waiting_.try_emplace(index, Wait{.until = now.moment + patience, .given_up = false});
  } else {
    waiting_.erase(index);
  }
  due_.erase(index);
  if (const auto wake = view.wake_at()) {
    due_[index] = *wake;
  }
  if (!former || *former != *next) {
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
  HostView view(facts_, reader, nothing_, now.moment, {.specs = specs, .services = services_});
  auto next = std::make_shared<HostReport>();
  const auto& host = view[HostKey{}];
  if (host) {
    next->systemd_version = host->version;
    next->state = host->state;
  }
  facts_.take_pending();
  bool any_pending = false;
  for (const config::NamedHostCheck& check : configuration_.host) {
    Findings findings = check.run(view);
    const bool pending = facts_.take_pending();
    any_pending |= pending;
    next->checks.push_back(judge("", check.name, std::move(findings), pending,
                                 host_ ? find_result(host_->checks, check.name) : nullptr, now));
  }
  if (any_pending) {
    waiting_.try_emplace(reader, Wait{.until = now.moment + patience, .given_up = false});
  } else {
    waiting_.erase(reader);
  }
  due_.erase(reader);
  if (const auto wake = view.wake_at()) {
    due_[reader] = *wake;
  }
  if (!host_ || *host_ != *next) {
    host_ = std::move(next);
    changed_ = true;
  }
}

CheckResult Evaluation::judge(const std::string& unit, std::string_view check, Findings findings,
                              bool pending, const CheckResult* former, Now now) {
  if (pending && former != nullptr) {
    return *former;
  }
  CheckResult out{.check = std::string(check), .findings = std::move(findings), .track = {}};
  const Status status = pending ? Status::unknown : worst(out.findings);
  std::optional<Track> before;
  if (former != nullptr) {
    before = former->track;
  } else if (const auto at = resumed_.find(unit);
             at != resumed_.end() && at->second.contains(out.check)) {
    before = at->second.at(out.check);
    if (pending) {
      out.track = *before;
      return out;
    }
  }
  if (before) {
    out.track = *before;
  }
  if (!before || before->status != status) {
    out.track.status = status;
    out.track.since = now.wall;
    // The first answer after "nobody has looked yet" is no change.
    const bool first = !before || (former != nullptr && !former->findings.empty() &&
                                   former->findings[0].reason == "pending");
    if (!first) {
      ++out.track.changes.at(index_of(status));
      changes_.push_front({.at = now.wall,
                           .manager = manager_,
                           .unit = unit,
                           .check = out.check,
                           .from = before->status,
                           .to = status,
                           .observed = decisive(out.findings)});
      changes_.resize(std::min(changes_.size(), most_changes));
    }
  }
  if (pending) {
    out.findings = not_looked_at();
  }
  return out;
}

UnitSummary Evaluation::summarize(View& see) {
  UnitSummary out;
  if (const auto& unit = see[UnitKey{see.unit()}]) {
    out.load = unit->load;
    out.active = unit->active;
    out.sub = unit->sub;
  }
  out.fragment_path = text_of(see.property("FragmentPath"));
  if (const auto& state = see[EnablementKey{see.unit()}]) {
    out.unit_file_state = *state;
  }
  out.restarts =
      see.unit().ends_with(".service") ? number_of(see.property("NRestarts")) : std::nullopt;
  const auto entered = number_of(see.property("ActiveEnterTimestamp"));
  if (entered && is_set(*entered)) {
    out.started = WallTime{Duration{static_cast<std::int64_t>(*entered)}};
  }
  return out;
}

void Evaluation::merge(const std::string& manager, Published::Services services, TimePoint now) {
  changed_ |= published_.take(manager, std::move(services), now);
}

void Evaluation::publish(Now now) {
  auto next = std::make_shared<Report>();
  next->generation = ++generation_;
  next->made = now.wall;
  std::ranges::copy_if(services_, std::back_inserter(next->services),
                       [](const auto& each) { return each != nullptr; });
  std::ranges::copy(published_.services(configuration_.of_users, began_),
                    std::back_inserter(next->services));
  next->host = host_;
  next->changes = std::make_shared<std::vector<Change>>(changes_.begin(), changes_.end());
  report_ = std::move(next);
  changed_ = false;
}

void Evaluation::resume(const Tracks& tracks, const std::vector<Change>& changes) {
  resumed_ = tracks;
  changes_.assign(changes.begin(), changes.end());
}

void Evaluation::continue_after(const Evaluation& former) {
  generation_ = former.generation_;
  evaluations_ = former.evaluations_;
  published_ = former.published_;
}

Evaluation::Tracks Evaluation::tracks() const {
  Tracks out;
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
