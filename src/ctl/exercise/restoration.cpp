// SPDX-License-Identifier: MIT
#include "ctl/exercise/restoration.hpp"

#include <algorithm>
#include <set>
#include <system_error>
#include <thread>

namespace checklist::ctl {
namespace {
class Restoration {
 public:
  Restoration(const ExercisePlan& plan, const Restoring& how, Systemctl& systemctl)
      : plan_(plan), how_(how), systemctl_(systemctl) {}

  std::vector<std::string> run(bool may_break) {
    restore_files();
    if (plan_.boot_id == how_.boot_id) {
      restore_states();
      std::this_thread::sleep_for(may_break ? to_fail : Duration{});
      look_at_states();
    }
    return std::move(failures_);
  }

 private:
  void restore_files() {
    const std::set<std::string> names(plan_.names.begin(), plan_.names.end());
    try {
      const bool links = restore_links(how_.directories.persistent, names, plan_.links);
      const bool masks = restore_links(how_.directories.runtime, names, plan_.runtime_links);
      if (links || masks) {
        must({"daemon-reload"});
      }
    } catch (const std::system_error& error) {
      failures_.emplace_back(error.what());
    }
  }

  // A socket refuses to start while its service is active.
  void restore_states() {
    if (std::ranges::any_of(plan_.units, [this](const auto& each) { return is_closed(each); })) {
      must({"stop", plan_.unit});
    }
    for (const UnitAsFound& each : plan_.units) {
      if (each.active == ActiveState::active) {
        forget_starts(systemctl_, each.unit, how_.longest);
      }
      must({each.active == ActiveState::active ? "start" : "stop", each.unit});
    }
  }

  void look_at_states() {
    for (const UnitAsFound& each : plan_.units) {
      const Systemctl::Done is = systemctl_.run({"is-active", each.unit}, how_.longest);
      if (is.succeeded != (each.active == ActiveState::active)) {
        failures_.push_back(each.unit + " is " + is.output);
      }
    }
  }

  bool is_closed(const UnitAsFound& each) {
    return each.active == ActiveState::active && each.unit.ends_with(".socket") &&
           !systemctl_.run({"--quiet", "is-active", each.unit}, how_.longest).succeeded;
  }

  void must(const std::vector<std::string>& arguments) {
    const Systemctl::Done done = systemctl_.run(arguments, how_.longest);
    if (!done.succeeded) {
      std::string command = "systemctl";
      for (const std::string& word : arguments) {
        command += " " + word;
      }
      failures_.push_back(command + ": " + done.output);
    }
  }

  const ExercisePlan& plan_;
  const Restoring& how_;
  Systemctl& systemctl_;
  std::vector<std::string> failures_;
};
}  // namespace

void forget_starts(Systemctl& systemctl, const std::string& unit, Duration longest) {
  (void)systemctl.run({"reset-failed", unit}, longest);
}

std::vector<std::string> restore(const ExercisePlan& plan, const Restoring& how,
                                 Systemctl& systemctl, bool may_break) {
  return Restoration(plan, how, systemctl).run(may_break);
}
}  // namespace checklist::ctl
