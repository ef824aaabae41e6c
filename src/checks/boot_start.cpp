// SPDX-License-Identifier: MIT
// The next boot starts the unit; see docs/checks/boot_start.md.
#include <algorithm>

#include "checklist/check.hpp"

#include "checks/boot/boot_path.hpp"
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
    Field{"by", &Params::by, "what starts it: the target at boot or at login, a device, the bus"},
    Field{"evidence", &Params::evidence,
          "static: the unit files say so; reboot: and this boot has done so"}};

Finding finding(Status status, std::string reason, std::string expected, std::string observed,
                std::string hint = {}) {
  return {.status = status,
          .subject = "start",
          .reason = std::move(reason),
          .expected = std::move(expected),
          .observed = std::move(observed),
          .hint = std::move(hint),
          .details = {}};
}

// What ends the search for what starts it, and how a sentence calls that.
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

Finding not_reached(const Params& want, View& see, const Goal& goal, const BootPath& path) {
  const auto fail = [&](const std::string& reason, const std::string& observed,
                        const std::string& hint) {
    return finding(Status::fail, reason, goal.expected, observed, hint);
  };
  const std::string enable = "run " + systemctl(see, "enable");
  if (want.by == StartedBy::device) {
    return finding(Status::unknown, "no_device", goal.expected, "no device that is there does so",
                   "plug the device in, or give another `by`");
  }
  if (!path.dead_ends.empty()) {
    return fail("unreachable",
                "what would start it is not started itself: " + enumerated(path.dead_ends),
                "let something that starts at boot start it, or give another `target`");
  }
  if (!path.until_reboot.empty()) {
    return fail("until_reboot",
                "only what lies in /run says so: by " + enumerated(path.until_reboot), enable);
  }
  if (!path.until_reload.empty()) {
    return fail("not_on_disk", "no file says so any more: by " + enumerated(path.until_reload),
                enable);
  }
  return fail("not_started", "nothing starts it",
              enable + ", or let something that starts at boot want it");
}

// Whether its unit file keeps it from being started at all, after a reboot too.
std::optional<Finding> blocked(View& see, const Unit& unit, FactReader& look,
                               const std::string& expected) {
  const std::string* state = look.at(EnablementKey{see.unit()});
  const bool is_masked_now = unit.load == LoadState::masked;
  if (state != nullptr && (*state == "masked" || (is_masked_now && *state != "masked-runtime"))) {
    return finding(Status::fail, "masked", expected, "masked", "run " + systemctl(see, "unmask"));
  }
  if (unit.load == LoadState::not_found) {
    return finding(Status::fail, "not_found", expected, "not-found",
                   "install the unit file of " + see.unit() + " or remove its spec");
  }
  if (!is_masked_now && !is_defined_after_reboot(look, unit.id) && !look.gap()) {
    return finding(Status::fail, "not_kept", expected,
                   "its unit file is gone, or lies in /run and goes with the next reboot",
                   "install its unit file in /etc/systemd");
  }
  return std::nullopt;
}

Finding by_bus(View& see) {
  const std::string expected = "dbus-daemon starts it";
  const auto names = bus_names(see);
  auto blind = see.unseen_among({"BusName", "Names"});
  for (const std::string& name : names) {
    const auto is_there = is_activatable(see, name);
    if (is_there && *is_there) {
      return finding(Status::pass, {}, expected, "as " + name);
    }
    blind = is_there ? blind : is_there.unseen();
  }
  if (blind) {
    return unknown("start", expected, *blind);
  }
  return finding(
      Status::fail, "not_activatable", expected,
      names.empty() ? "it has no bus name" : "no D-Bus service file for " + enumerated(names),
      "install its D-Bus service file, or give another `by`");
}

Finding started(const Params& want, View& see, const Unit& unit) {
  FactReader look(see);
  const Goal goal = goal_of(want, see, look);
  const BootPath path = boot_path(see, unit.id, goal.is_it);
  auto block = blocked(see, unit, look, goal.expected);
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
    return finding(Status::pass, {}, goal.expected, "by " + enumerated(path.steps));
  }
  return path.gap ? unknown("start", goal.expected, *path.gap) : not_reached(want, see, goal, path);
}

// A user's manager starts at boot only for those who linger.
Finding linger(View& see) {
  const std::string& user = see.spec().user;
  const std::string expected = "the manager of user " + user + " starts at boot";
  const auto& lingers = see[LingerKey{user}];
  if (!lingers) {
    return unknown("linger", expected, lingers.unseen());
  }
  Finding out = *lingers ? finding(Status::pass, {}, expected, "lingers")
                         : finding(Status::fail, "no_linger", expected, "does not linger",
                                   "run `loginctl enable-linger " + user + "`");
  out.subject = "linger";
  return out;
}

Finding this_boot(View& see) {
  const std::string expected = "this boot has started it";
  const std::string hint = "reboot while checklistd is enabled";
  const auto& record = see[RecordKey{see.unit()}];
  if (!record) {
    return unknown("boot", expected, record.unseen());
  }
  Finding out = finding(Status::pass, {}, expected, "it became active while the system started");
  if (!record->started_by_boot) {
    out = finding(Status::unknown, "not_recorded", expected, "checklistd did not see this boot",
                  hint);
  } else if (!*record->started_by_boot) {
    out = finding(Status::fail, "started_later", expected, "the system was up without it", hint);
  }
  out.subject = "boot";
  return out;
}

Findings evaluate(const Params& want, View& see) {
  const auto& unit = see[UnitKey{see.unit()}];
  if (!unit) {
    return {unknown("start", "the unit's state is known", unit.unseen())};
  }
  Findings out{started(want, see, *unit)};
  if (!see.spec().user.empty() && want.by == StartedBy::target) {
    out.push_back(linger(see));
  }
  if (want.evidence == BootEvidence::of_this_boot) {
    out.push_back(this_boot(see));
  }
  return out;
}

// The first way of starting it that passes; the defaults where none does.
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
