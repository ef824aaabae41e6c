// SPDX-License-Identifier: MIT
#include "observe/systemd/systemd.hpp"

#include <algorithm>
#include <utility>

namespace checklist::observe {
Systemd::Systemd(event::Loop& loop, bus::Scope scope, Patience patience)
    : loop_(loop),
      scope_(scope),
      patience_(patience),
      out_of_patience_(loop.timer([this] { lose_patience(); })),
      link_(loop, scope, patience.backoff,
            {.up = [this] { arrive(); },
             .down = [this](const std::string& why) { lose(why); },
             .signal = [this](const bus::Signal& signal) { hear(signal); }}) {
  out_of_patience_.arm_at(loop.now() + patience.first);
}

void Systemd::arrive() {
  reconnects_ += was_up_ ? 1 : 0;
  was_up_ = is_up_ = true;
  lost_.reset();
  out_of_patience_.disarm();
  resync();
}

void Systemd::lose(const std::string& why) {
  why_down_ = why;
  reloading_ = false;
  if (std::exchange(is_up_, false)) {
    out_of_patience_.arm_at(loop_.now() + patience_.stale);
  }
  std::ranges::for_each(followers_, [](auto* follower) { follower->forgotten(); });
}

void Systemd::lose_patience() {
  const std::string bus = scope_ == bus::Scope::system ? "system bus" : "user's bus";
  lost_ = was_up_ ? Unseen{"stale", "systemd cannot be asked any more: " + why_down_,
                           "see whether the " + bus + " and systemd run"}
                  : Unseen{"bus", "systemd cannot be asked: " + why_down_, "start the " + bus};
  std::ranges::for_each(followers_, [this](auto* follower) { follower->gone(*lost_); });
}

void Systemd::resync() {
  std::ranges::for_each(followers_, [](auto* follower) { follower->resync(); });
}

void Systemd::hear(const bus::Signal& signal) {
  ++signals_;
  if (signal.interface == manager_interface) {
    hear_manager(signal);
  } else if (signal.interface == properties_interface && !reloading_) {
    hear_unit(signal);
  }
}

void Systemd::hear_manager(const bus::Signal& signal) {
  const auto each = [this](auto tell) { std::ranges::for_each(followers_, tell); };
  if (signal.member == "Reloading") {
    const auto* begins = at<bool>(signal.body, 0);
    begins != nullptr&&* begins ? open_reload_window() : close_reload_window();
  } else if (signal.member == "JobRemoved") {
    const std::string unit = text_at(signal.body, 2);
    const std::string result = text_at(signal.body, 3);
    each([&](auto* follower) { follower->job_removed(unit, result); });
  } else if (signal.member == "UnitNew" || signal.member == "UnitRemoved") {
    if (!reloading_) {  // in a reload every unit comes and goes, which means nothing
      const std::string unit = text_at(signal.body, 0);
      each([&](auto* follower) { follower->unit_came_or_went(unit); });
    }
  } else if (signal.member == "UnitFilesChanged") {
    each([](auto* follower) { follower->unit_files_changed(); });
  } else if (signal.member == "StartupFinished") {
    each([](auto* follower) { follower->startup_finished(); });
  }
}

void Systemd::hear_unit(const bus::Signal& signal) {
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

// PID 1 is one thread: a cheap call sent now is answered when the reload is over, however long it
// takes. No fixed time-out fits, and Reloading(false) may never come (systemd 261.2).
void Systemd::open_reload_window() {
  if (reloading_) {
    return;
  }
  reloading_ = true;
  link_.call(manager_path, properties_interface, "Get",
             {Value{std::string(manager_interface)}, Value{std::string("Version")}},
             [this, window = ++window_](const bus::Reply&) {
               if (window == window_) {
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
  link_.call(manager_path, manager_interface, member, std::move(arguments), std::move(done));
}

void Systemd::get(const std::string& path, const std::string& interface,
                  const std::string& property, Done done) {
  link_.call(path, properties_interface, "Get", {Value{interface}, Value{property}},
             std::move(done));
}

void Systemd::get_all(const std::string& path, const std::string& interface, Done done) {
  link_.call(path, properties_interface, "GetAll", {Value{interface}}, std::move(done));
}
}  // namespace checklist::observe
