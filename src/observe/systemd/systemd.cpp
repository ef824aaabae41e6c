// SPDX-License-Identifier: MIT
#include "observe/systemd/systemd.hpp"

#include <algorithm>
#include <utility>

namespace checklist::observe {
Systemd::Systemd(event::Loop& loop, bus::Scope scope, Timeouts timeouts)
    : Systemd(loop, scope, timeouts, [&](ManagerLink::Events events) {
        return std::make_unique<SystemdLink>(loop, scope, timeouts.backoff, std::move(events));
      }) {}

Systemd::Systemd(event::Loop& loop, bus::Scope scope, Timeouts timeouts,
                 const ManagerLink::Factory& link)
    : loop_(loop),
      scope_(scope),
      timeouts_(timeouts),
      timeout_(loop.timer([this] { on_timeout(); })),
      ping_(loop.timer([this] { on_ping_due(); })),
      link_(link({.up = [this] { on_up(); },
                  .down = [this](const std::string& why) { on_down(why); },
                  .signal = [this](const bus::Signal& signal) { on_signal(signal); }})) {
  timeout_.arm_at(loop.now() + timeouts.first);
}

void Systemd::on_up() {
  reconnects_ += was_up_ ? 1 : 0;
  was_up_ = is_up_ = true;
  is_silent_ = is_pinging_ = false;
  lost_.reset();
  timeout_.disarm();
  ping_.arm_at(loop_.now() + timeouts_.ping);
  resync();
}

void Systemd::on_down(const std::string& why) {
  why_down_ = why;
  reloading_ = false;
  ping_.disarm();
  if (std::exchange(is_up_, false)) {
    timeout_.arm_at(loop_.now() + timeouts_.stale);
  }
  std::ranges::for_each(followers_, [](auto* follower) { follower->calls_dropped(); });
}

void Systemd::on_timeout() {
  if (was_up_) {
    lose_sight("systemd is no longer reachable: " + why_down_);
  } else {
    lose({"bus", "systemd is not reachable: " + why_down_, "start the " + bus_words()});
  }
}

// A bus or a PID 1 that hangs keeps the connection open and sends nothing, as one without news
// does.
void Systemd::on_ping_due() {
  if (!std::exchange(is_pinging_, true)) {
    link_->call(manager_path, peer_interface, "Ping", {},
                [this](const bus::Reply& /*reply*/) { on_pong(); });
  } else if (!reloading_) {  // a reload takes as long as it takes
    is_silent_ = true;
    lose_sight("systemd does not answer");
    return;
  }
  ping_.arm_at(loop_.now() + timeouts_.answer);
}

void Systemd::on_pong() {
  is_pinging_ = false;
  ping_.arm_at(loop_.now() + timeouts_.ping);
  if (std::exchange(is_silent_, false)) {
    lost_.reset();
    resync();
  }
}

void Systemd::lose_sight(std::string why) {
  lose({"stale", std::move(why), "check that the " + bus_words() + " and systemd are running"});
}

void Systemd::lose(Unseen why) {
  lost_ = std::move(why);
  std::ranges::for_each(followers_, [this](auto* follower) { follower->gone(*lost_); });
}

std::string Systemd::bus_words() const {
  return scope_ == bus::Scope::system ? "system bus" : "user's bus";
}

void Systemd::resync() {
  std::ranges::for_each(followers_, [](auto* follower) { follower->resync(); });
}

void Systemd::on_signal(const bus::Signal& signal) {
  ++signals_;
  if (signal.interface == manager_interface) {
    on_manager_signal(signal);
  } else if (signal.interface == properties_interface && !reloading_) {
    on_properties_changed(signal);
  }
}

void Systemd::on_manager_signal(const bus::Signal& signal) {
  const auto each = [this](auto notify) { std::ranges::for_each(followers_, notify); };
  if (signal.member == "Reloading") {
    const auto* begins = at<bool>(signal.body, 0);
    begins != nullptr&&* begins ? open_reload_window() : close_reload_window();
  } else if (signal.member == "JobRemoved") {
    const std::string unit = text_at(signal.body, 2);
    const std::string result = text_at(signal.body, 3);
    each([&](auto* follower) { follower->job_removed(unit, result); });
  } else if (signal.member == "UnitNew" || signal.member == "UnitRemoved") {
    if (!reloading_) {  // a reload emits both for every unit
      const std::string unit = text_at(signal.body, 0);
      each([&](auto* follower) { follower->unit_loaded_or_unloaded(unit); });
    }
  } else if (signal.member == "UnitFilesChanged") {
    each([](auto* follower) { follower->unit_files_changed(); });
  } else if (signal.member == "StartupFinished") {
    each([](auto* follower) { follower->startup_finished(); });
  }
}

void Systemd::on_properties_changed(const bus::Signal& signal) {
  const auto* changed = at<Dict>(signal.body, 1);
  const auto* invalidated = at<Values>(signal.body, 2);
  if (changed == nullptr || invalidated == nullptr) {
    return;
  }
  const std::string unit = bus::unescaped_name(signal.path);
  const std::string interface = text_at(signal.body, 0);
  std::ranges::for_each(followers_, [&](auto* follower) {
    follower->unit_changed(unit, interface, *changed, *invalidated);
  });
}

// PID 1 is single-threaded: it answers a cheap call sent now when the reload is over, however long
// that takes. No fixed timeout fits, and Reloading(false) may never be sent (systemd 261.2).
void Systemd::open_reload_window() {
  if (reloading_) {
    return;
  }
  reloading_ = true;
  link_->call(manager_path, properties_interface, "Get",
              {Value{std::string(manager_interface)}, Value{std::string("Version")}},
              [this, reload = ++reloads_](const bus::Reply&) {
                if (reload == reloads_) {
                  close_reload_window();
                }
              });
}

void Systemd::close_reload_window() {
  if (std::exchange(reloading_, false)) {
    resync();
  }
}

void Systemd::call(const std::string& member, Values arguments, Done done) {
  link_->call(manager_path, manager_interface, member, std::move(arguments), std::move(done));
}

void Systemd::get(const std::string& path, const std::string& interface,
                  const std::string& property, Done done) {
  link_->call(path, properties_interface, "Get", {Value{interface}, Value{property}},
              std::move(done));
}

void Systemd::get_all(const std::string& path, const std::string& interface, Done done) {
  link_->call(path, properties_interface, "GetAll", {Value{interface}}, std::move(done));
}
}  // namespace checklist::observe
