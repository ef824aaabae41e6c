// SPDX-License-Identifier: MIT
// The next boot starts the unit; see docs/checks/boot_start.md.
#include <algorithm>

#include "checklist/check.hpp"

#include "checks/boot/boot_path.hpp"
#include "checks/boot/obstacles.hpp"
#include "checks/state/activation.hpp"
#include "checks/view/command.hpp"
#include "semantics/text/sentence.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
using semantics::enumerated;
using semantics::UnitName;

struct Params {
  UnitName target{"default.target"};
  StartedBy by = StartedBy::target;
  BootEvidence evidence = BootEvidence::of_files;
};

constexpr std::tuple fields{
    Field{"target", &Params::target, "the target that starts it; by default the boot target"},
    Field{"by", &Params::by,
          "what starts it: the target at boot or at login, a device, or the bus"},
    Field{"evidence", &Params::evidence,
          "static: the unit files say so; reboot: this boot also did so"}};

// The unit at which the search for what starts the unit ends, and the expectation in words.
struct Goal {
  std::string expected;
  IsGoal is_it;
};

Goal goal_of(const Params& want, View& see, FactReader& look) {
  if (want.by == StartedBy::device) {
    return {"a device starts it",
            [](const std::string& unit) { return unit.ends_with(".device"); }};
  }
  if (want.by == StartedBy::login && see.spec().user.empty()) {
    return {"a user's login starts it", [](const std::string& unit) {
              return unit.starts_with("user@") && unit.ends_with(".service");
            }};
  }
  const bool is_default = want.target == Params{}.target;
  const std::string target = is_default ? default_target(look) : look.id(want.target.name);
  return {target + " starts it", [target](const std::string& unit) { return unit == target; }};
}

constexpr auto wanting = "let a unit that starts at boot want it";

// `systemctl enable` does nothing for a unit without [Install], and refuses a generated one.
std::string enabling(View& see) {
  const auto& state = see[EnablementKey{see.unit()}];
  const bool has_no_install = state && (*state == "generated" || *state == "static");
  return has_no_install ? wanting : "run " + systemctl(see, "enable");
}

Finding not_reached(const Params& want, View& see, const Goal& goal, const BootPath& path) {
  const std::string enable = enabling(see);
  Finding out{.subject = "start", .expected = goal.expected, .hint = enable};
  if (want.by == StartedBy::device) {
    out.reason = "no_device";
    out.observed = "no present device starts it";
    out.hint = "plug the device in, or give another `by`";
    return unknown(out);
  }
  if (!path.dead_ends.empty()) {
    out.reason = "unreachable";
    out.observed = "not started at boot either: " + enumerated(path.dead_ends);
    out.hint = "let a unit that starts at boot start it, or give another `target`";
  } else if (!path.until_reboot.empty()) {
    out.reason = "until_reboot";
    out.observed = "only runtime configuration in /run starts it: " + enumerated(path.until_reboot);
  } else if (!path.until_reload.empty()) {
    out.reason = "not_on_disk";
    out.observed = "no longer in any unit file: " + enumerated(path.until_reload);
  } else {
    out.reason = "not_started";
    out.observed = "no unit starts it";
    out.hint = enable == wanting ? enable : enable + ", or " + wanting;
  }
  return fail(out);
}

Finding by_bus(View& see) {
  const std::string expected = "dbus-daemon starts it";
  const auto names = bus_names(see);
  auto unseen = see.unseen_among({"BusName", "Names"});
  for (const std::string& name : names) {
    const auto is_there = is_activatable(see, name);
    if (is_there && *is_there) {
      return pass({.subject = "start", .expected = expected, .observed = "started as " + name});
    }
    unseen = is_there ? unseen : is_there.unseen();
  }
  if (unseen) {
    return unknown("start", expected, *unseen);
  }
  return fail({.subject = "start",
               .reason = "not_activatable",
               .expected = expected,
               .observed = names.empty() ? "unit has no bus name"
                                         : "no D-Bus service file for " + enumerated(names),
               .hint = "install its D-Bus service file, or give another `by`"});
}

Finding started(const Params& want, View& see, const Unit& unit, const BootPath& path,
                const Goal& goal, FactReader& look) {
  auto block = blocked(look, unit, goal.expected);
  if (block) {
    return *block;
  }
  if (look.gap()) {
    return unknown("start", goal.expected, *look.gap());
  }
  if (want.by == StartedBy::bus) {
    return by_bus(see);
  }
  if (path.reached) {
    return pass({.subject = "start",
                 .expected = goal.expected,
                 .observed = "started by " + enumerated(path.steps)});
  }
  return path.gap ? unknown("start", goal.expected, *path.gap) : not_reached(want, see, goal, path);
}

// A user's manager starts at boot only if the user lingers (loginctl(1)).
Finding linger(View& see) {
  const std::string& user = see.spec().user;
  const std::string expected = "the manager of user " + user + " starts at boot";
  const auto& lingers = see[LingerKey{user}];
  if (!lingers) {
    return unknown("linger", expected, lingers.unseen());
  }
  return *lingers ? pass({.subject = "linger", .expected = expected, .observed = "user lingers"})
                  : fail({.subject = "linger",
                          .reason = "no_linger",
                          .expected = expected,
                          .observed = "user does not linger",
                          .hint = "run " + shell_command({"loginctl", "enable-linger", user})});
}

Finding this_boot(View& see) {
  const std::string expected = "started by this boot";
  const auto& record = see[RecordKey{see.unit()}];
  if (!record) {
    return unknown("boot", expected, record.unseen());
  }
  if (!record->started_by_boot) {
    return unknown({.subject = "boot",
                    .reason = "not_recorded",
                    .expected = expected,
                    .observed = "checklistd did not run while the system booted",
                    .hint = "reboot while checklistd is enabled"});
  }
  return *record->started_by_boot
             ? pass({.subject = "boot",
                     .expected = expected,
                     .observed = "became active while the system booted"})
             : fail({.subject = "boot",
                     .reason = "started_later",
                     .expected = expected,
                     .observed = "not active when the boot finished",
                     .hint = "read " + journalctl(see, {}, "-b") + ", then reboot"});
}

Findings evaluate(const Params& want, View& see) {
  const auto& seen = see[UnitKey{see.unit()}];
  if (!seen) {
    return {unknown("start", "unit state is known", seen.unseen())};
  }
  const Unit unit = *seen;
  FactReader look(see);
  const Goal goal = goal_of(want, see, look);
  const BootPath path = boot_path(see, unit.id, goal.is_it);
  Findings out{started(want, see, unit, path, goal, look)};
  std::ranges::move(prevented(see, unit, path, want.by), std::back_inserter(out));
  if (!see.spec().user.empty() && want.by == StartedBy::target) {
    out.push_back(linger(see));
  }
  if (want.evidence == BootEvidence::of_this_boot) {
    out.push_back(this_boot(see));
  }
  return out;
}

// Returns the first `by` that passes; the defaults if none does.
Params capture(View& see) {
  for (const auto by : {StartedBy::target, StartedBy::login, StartedBy::device, StartedBy::bus}) {
    Params out;
    out.by = by;
    if (worst(evaluate(out, see)) == Status::pass) {
      return out;
    }
  }
  return {};
}
}  // namespace

extern const CheckDef boot_start;
const CheckDef boot_start =
    check<Params, fields, evaluate, capture>("the next boot starts the unit", RunsWhen::always);
}  // namespace checklist::checks
