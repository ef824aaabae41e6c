// SPDX-License-Identifier: MIT
// The unit file has the expected state; a unit whose spec disables it is inactive and nothing
// starts it; see docs/checks/toggles.md.
#include <algorithm>
#include <array>

#include "checklist/check.hpp"

#include "checks/boot/boot_path.hpp"
#include "checks/sockets/declared_addresses.hpp"
#include "checks/sockets/leftover_holder.hpp"
#include "checks/state/activation.hpp"
#include "checks/view/command.hpp"
#include "semantics/text/sentence.hpp"
#include "semantics/unit/unit_file_state.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
using semantics::Address;
using semantics::enumerated;
using semantics::UnitFileState;

struct Params {
  std::vector<UnitFileState> state;
};

constexpr std::tuple fields{
    Field{"state", &Params::state, "the unit file states that are accepted while enabled is true"}};

// States that persist over a reboot. NixOS reports `linked` for a unit that nothing wants; a unit
// with aliases whose file is linked from elsewhere is reported as `alias`.
constexpr std::array fine{UnitFileState::enabled,  UnitFileState::is_static,
                          UnitFileState::indirect, UnitFileState::generated,
                          UnitFileState::linked,   UnitFileState::alias};

// The state under the name that the spec gives, and the state of the unit behind an alias: an alias
// exists whether or not its unit is enabled.
struct FileState {
  std::string own;
  std::string behind;
};

FileState file_state(FactReader& look) {
  const std::string& unit = look.view().unit();
  const std::string* own = look.at(EnablementKey{unit});
  FileState out{.own = own != nullptr ? *own : "", .behind = ""};
  out.behind = out.own;
  if (out.own == text(UnitFileState::alias)) {
    const std::string* behind = look.at(EnablementKey{look.id(unit)});
    out.behind = behind != nullptr ? *behind : "";
  }
  return out;
}

bool is_among(const std::string& state, const auto& states) {
  return std::ranges::any_of(states, [&state](UnitFileState each) { return text(each) == state; });
}

std::string enabling(const View& see, const std::string& state) {
  if (state == "masked" || state == "masked-runtime") {
    return "run " + systemctl(see, "unmask");
  }
  return state == "not-found" ? "install the unit file of " + see.unit() + " or remove its spec"
                              : "run " + systemctl(see, "enable");
}

// Judges a unit that should be enabled.
Finding enabled(const Params& want, View& see) {
  FactReader look(see);
  const FileState state = file_state(look);
  std::vector<std::string> names;
  std::ranges::transform(want.state, std::back_inserter(names),
                         [](UnitFileState each) { return std::string(text(each)); });
  const std::string expected =
      names.empty() ? "enabled, or started by other units" : enumerated(names);
  if (look.gap()) {
    return unknown("unit file", expected, *look.gap());
  }
  const bool is_fine = want.state.empty()
                           ? is_among(state.behind, fine)
                           : is_among(state.own, want.state) || is_among(state.behind, want.state);
  const std::string observed =
      state.own == state.behind ? state.own : "alias of a unit that is " + state.behind;
  return is_fine ? pass({.subject = "unit file", .expected = expected, .observed = observed})
                 : fail({.subject = "unit file",
                         .reason = "unit_file_state",
                         .expected = expected,
                         .observed = observed,
                         .hint = enabling(see, state.behind)});
}

// The findings of `enabled: false` follow, each with its own subject.

Finding not_active(View& see, const Unit& unit) {
  const std::string state(text(unit.active));
  if (unit.active == ActiveState::inactive || unit.active == ActiveState::failed) {
    return pass({.subject = "active", .expected = "not active", .observed = state});
  }
  if (unit.active == ActiveState::deactivating) {
    return unknown({.subject = "active",
                    .reason = "stopping",
                    .expected = "not active",
                    .observed = state,
                    .hint = "wait, or run " + systemctl(see, "status")});
  }
  return fail({.subject = "active",
               .reason = "active",
               .expected = "not active",
               .observed = state,
               .hint = "run " + systemctl(see, "stop")});
}

Finding not_enabled(View& see) {
  FactReader look(see);
  const FileState state = file_state(look);
  if (look.gap()) {
    return unknown("unit file", "not enabled", *look.gap());
  }
  const bool is_enabled = state.behind == "enabled" || state.behind == "enabled-runtime";
  return is_enabled
             ? fail({.subject = "unit file",
                     .reason = "enabled",
                     .expected = "not enabled",
                     .observed = state.behind,
                     .hint = "run " + systemctl(see, "disable")})
             : pass({.subject = "unit file", .expected = "not enabled", .observed = state.behind});
}

Finding not_reachable(View& see, const Unit& unit) {
  FactReader look(see);
  const std::string target = default_target(look);
  const std::string expected = target + " does not start it";
  const auto path = boot_path(see, unit.id, [&target](const auto& each) { return each == target; });
  if (look.gap() || path.gap) {
    return unknown("boot", expected, look.gap() ? *look.gap() : *path.gap);
  }
  return path.reached ? fail({.subject = "boot",
                              .reason = "started_at_boot",
                              .expected = expected,
                              .observed = target + " starts it by " + enumerated(path.steps),
                              .hint = "remove the link or line by which " + path.steps.front() +
                                      " starts it, or run " + systemctl(see, "mask")})
                      : pass({.subject = "boot", .expected = expected, .observed = expected});
}

// Finds a trigger by its name: one that PID 1 has loaded recently is not in TriggeredBy= until the
// property is read again.
std::string active_namesake(FactReader& look, const Unit& unit) {
  for (const char* type : {".socket", ".timer", ".path"}) {
    std::string name = unit.id.substr(0, unit.id.rfind('.')) + type;
    const Unit* trigger = look.at(UnitKey{name});
    if (name == unit.id || trigger == nullptr || trigger->active != ActiveState::active) {
      continue;
    }
    const auto triggered = look.list(name, "Triggers");
    if (std::ranges::find(triggered, unit.id) != triggered.end()) {
      return name;
    }
  }
  return {};
}

Finding not_triggered(View& see, const Unit& unit) {
  FactReader look(see);
  const std::string expected = "no trigger is active";
  std::string trigger = active_namesake(look, unit);
  const auto known = active_trigger(see);
  if (trigger.empty() && (!known || (known->empty() && look.gap()))) {
    return unknown("trigger", expected, known ? *look.gap() : known.unseen());
  }
  trigger = trigger.empty() ? *known : trigger;
  if (trigger.empty()) {
    return pass({.subject = "trigger", .expected = expected, .observed = expected});
  }
  const bool is_unit = !semantics::unit_type(trigger).empty();  // otherwise a bus name
  return fail({.subject = "trigger",
               .reason = "triggered",
               .expected = expected,
               .observed = trigger + " triggers it",
               .hint = is_unit ? "run " + systemctl(see, "disable --now", trigger)
                               : "run " + systemctl(see, "mask")});
}

Finding port_not_held(const Address& address, Ownership holder, const View& see) {
  const std::string subject = print_address(address);
  const std::string expected = "not held by the unit";
  switch (holder) {
    case Ownership::ours:
      return fail({.subject = subject,
                   .reason = "port_held",
                   .expected = expected,
                   .observed = "held by the unit",
                   .hint = "run " + systemctl(see, "stop") + ", and end its remaining processes"});
    case Ownership::unknown:
      return unknown({.subject = subject,
                      .reason = "owner",
                      .expected = expected,
                      .observed = "held by an unknown process",
                      .hint = "run `ss -lp` as root"});
    default:
      return pass({.subject = subject, .expected = expected, .observed = "not held by the unit"});
  }
}

Findings no_ports_held(View& see) {
  const auto addresses = declared_addresses(see.spec());
  if (addresses.empty()) {
    return {};
  }
  const auto& listeners = see[ListenersKey{}];
  if (!listeners) {
    return {unknown("ports", "not held by the unit", listeners.unseen())};
  }
  const UnitSockets units(see);
  Findings out;
  for (const Address& address : addresses) {
    out.push_back(port_not_held(address, leftover_holder(address, *listeners, units, see), see));
  }
  return out;
}

// `systemctl mask --runtime` masks until the next boot.
bool is_masked_until_reboot(View& see) {
  const auto& state = see[EnablementKey{see.unit()}];
  return state && *state == text(UnitFileState::masked_runtime);
}

// A masked or missing unit cannot be started, so that boot and triggers need no check.
Findings disabled(View& see) {
  const auto& seen = see[UnitKey{see.unit()}];
  if (!seen) {
    return {unknown("active", "not active", seen.unseen())};
  }
  const Unit unit = *seen;
  Findings out{not_active(see, unit), not_enabled(see)};
  if (unit.load != LoadState::not_found && unit.load != LoadState::masked) {
    out.push_back(not_reachable(see, unit));
    out.push_back(not_triggered(see, unit));
  } else if (unit.load == LoadState::masked && is_masked_until_reboot(see)) {
    out.push_back(not_reachable(see, unit));
  }
  std::ranges::move(no_ports_held(see), std::back_inserter(out));
  return out;
}

Findings evaluate(const Params& want, View& see) {
  return see.spec().enabled ? Findings{enabled(want, see)} : disabled(see);
}

// Returns the state only if the default would not accept it.
Params capture(View& see) {
  Params out;
  FactReader look(see);
  const FileState state = file_state(look);
  const auto own = from_text<UnitFileState>(state.own);
  if (own && !is_among(state.behind, fine)) {
    out.state.push_back(*own);
  }
  return out;
}
}  // namespace

extern const CheckDef toggles;
const CheckDef toggles =
    check<Params, fields, evaluate, capture>("the unit is enabled, or disabled, as its spec says",
                                             RunsWhen::always, {.runs_when_disabled = true});
}  // namespace checklist::checks
