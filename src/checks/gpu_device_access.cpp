// SPDX-License-Identifier: MIT
// The unit's processes can open the devices that it needs, by the right groups; see
// docs/checks/gpu_device_access.md. The kernel is the judge.
#include <algorithm>
#include <array>

#include "checklist/check.hpp"

#include "checks/devices/device_access.hpp"
#include "checks/devices/device_words.hpp"
#include "checks/view/command.hpp"
#include "semantics/text/sentence.hpp"

namespace checklist::checks {
namespace {
using semantics::Credentials;
using semantics::GrantedTo;

using Params = DeviceRequest;
constexpr const auto& fields = device_request_fields;

// One device for one unit: as its processes are, and as the next start would make them.
class Judgement {
 public:
  Judgement(const DeviceRequest& want, const WantedDevice& device, View& see)
      : want_(want), device_(device), see_(see), unit_(see.unit()), look_(see) {}

  Finding take() {
    scene_ = device_scene(look_, unit_);
    const Accounts* accounts = look_.at(AccountsKey{});
    const auto running = running_credentials(look_, unit_);
    const auto next = next_credentials(look_, unit_);
    if (look_.gap()) {
      return unknown(device_.path, expected(), *look_.gap());
    }
    accounts_ = accounts;
    if (running) {
      return on_running(*running, next.credentials);
    }
    return next.credentials ? judged(*next.credentials) : on_unknown(next.unknown_account);
  }

 private:
  [[nodiscard]] std::string expected() const {
    return unit_ + " can open " + device_.path + " for " + purpose(device_.use) +
           (want_.via.empty() ? "" : ", by group " + semantics::enumerated(want_.via));
  }

  [[nodiscard]] Finding failed(std::string reason, std::string observed, std::string hint) const {
    return fail({.subject = device_.path,
                 .reason = std::move(reason),
                 .expected = expected(),
                 .observed = std::move(observed),
                 .hint = std::move(hint)});
  }

  [[nodiscard]] Finding on_unknown(const std::string& account) const {
    return unknown(
        {.subject = device_.path,
         .reason = "account",
         .expected = expected(),
         .observed = account + " of " + unit_ + " stands neither in /etc/passwd nor in /etc/group",
         .hint = "start " + unit_ + ": the groups of its processes can be read"});
  }

  // A process keeps the credentials of its start (credentials(7)). One that runs as somebody else
  // than the unit says has changed that itself, and will again.
  Finding on_running(const Credentials& running, const std::optional<Credentials>& next) {
    Finding now = judged(running);
    const bool is_of_unit = next && (next->uid == running.uid || next->uid == dynamic_id);
    if (!is_of_unit || now.status == Status::unknown || *next == running) {
      return now;
    }
    Finding then = judged(*next);
    if (now.status == Status::fail && then.status == Status::pass) {
      now.reason = "restart_needed";
      now.observed = "its processes still run with the groups of their start: " + now.observed;
      now.hint = "run " + systemctl(see_, "restart");
    } else if (now.status == Status::pass && then.status == Status::fail) {
      then.reason = "next_start";
      then.observed = "its processes can, but those of the next start cannot: " + then.observed;
      return then;
    }
    return now;
  }

  Finding judged(const Credentials& who) {
    FactReader look(see_);
    const DeviceAccess access = device_access(device_, scene_, who, look);
    if (look.gap()) {
      return unknown(device_.path, expected(), *look.gap());
    }
    if (access.denial == Denial::unclear) {
      return unknown({.subject = device_.path,
                      .reason = "image",
                      .expected = expected(),
                      .observed = access.setting + " decides, and nobody can look into it",
                      .hint = "look from within: `nsenter` into a process of " + unit_});
    }
    if (access.denial == Denial::none) {
      return want_.via.empty() ? passed() : on_via(access, who);
    }
    auto words = words_of(access, {.unit = unit_, .device = device_, .who = who, .via = want_.via},
                          *accounts_);
    return failed(std::move(words.reason), std::move(words.observed), std::move(words.hint));
  }

  [[nodiscard]] Finding passed() const {
    return pass({.subject = device_.path, .expected = expected(), .observed = "it can"});
  }

  // Access by a group is worth little where everybody has it.
  [[nodiscard]] Finding on_via(const DeviceAccess& access, const Credentials& who) const {
    const bool writes = device_.use != DeviceUse::r;
    const std::uint32_t others = access.node.permissions.mode;
    const std::uint32_t bit = writes ? semantics::may_write : semantics::may_read;
    const std::string shown = checks::shown(access.node, *accounts_);
    if ((others & bit) != 0) {
      return failed("open_to_all", access.at + " is " + shown + ": everybody may open it",
                    "take it from the others: `chmod o= " + access.at +
                        "`, and set MODE by a udev rule or the driver's options");
    }
    const bool by_group =
        access.grant->to == GrantedTo::owning_group || access.grant->to == GrantedTo::named_group;
    const std::string group = by_group ? group_name(access.grant->id, *accounts_) : "";
    if (std::ranges::find(want_.via, group) != want_.via.end()) {
      return pass({.subject = device_.path,
                   .expected = expected(),
                   .observed = "it can, by group " + group});
    }
    return failed(
        "not_by_group",
        access.at + " is " + shown + ", and " + unit_ + " may open it " +
            (by_group ? "by group " + group : "as user " + user_name(who.uid, *accounts_)),
        by_group ? "give " + access.at + " to group " + want_.via.front()
                 : "run it as a user of its own with SupplementaryGroups=" + want_.via.front());
  }

  const DeviceRequest& want_;
  const WantedDevice& device_;
  View& see_;
  const std::string& unit_;
  FactReader look_;
  DeviceScene scene_;
  const Accounts* accounts_ = nullptr;
};

std::string subject_of(const DeviceRequest& want) {
  return want.vendor ? std::string(text(*want.vendor)) : "devices";
}

Finding no_gpu(Vendor vendor, const std::string& subject) {
  return fail({.subject = subject,
               .reason = "no_driver",
               .expected = "there is a GPU of " + subject,
               .observed = "none of its device nodes exists",
               .hint = "load the driver " + driver_of(vendor) +
                       ", or take gpu_device_access out of the spec"});
}

Finding absent(const std::string& pattern) {
  return fail({.subject = pattern,
               .reason = "missing",
               .expected = pattern + " exists",
               .observed = "no such node exists",
               .hint = "load the driver that makes " + pattern + ", or take it out of the spec"});
}

Findings evaluate(const Params& want, View& see) {
  FactReader look(see);
  const Unit* unit = look.at(UnitKey{see.unit()});
  const auto wanted = wanted_devices(want, look);
  const std::string subject = subject_of(want);
  if (look.gap()) {
    return {unknown(subject, see.unit() + " can open its devices", *look.gap())};
  }
  if (unit->load != LoadState::loaded) {
    return {skip({.subject = subject,
                  .reason = "not_loaded",
                  .expected = "judged of a unit that is loaded",
                  .observed = std::string(text(unit->load))})};
  }
  if (wanted.no_gpu) {
    return {no_gpu(*want.vendor, subject)};
  }
  Findings out;
  std::ranges::transform(wanted.absent, std::back_inserter(out), absent);
  for (const WantedDevice& each : wanted.nodes) {
    out.push_back(Judgement(want, each, see).take());
  }
  return out;
}

// Whether it was meant to use a GPU: it names the classes of one, or is in the groups of one.
bool is_meant_for_gpu(FactReader& look, const std::string& unit) {
  constexpr std::array classes{"nvidia",   "char-drm", "char-kfd",
                               "/dev/dri", "/dev/kfd", "/dev/dxg"};
  const auto policies = device_policies(look, unit);
  const auto names_gpu = [&classes](const DeviceAllow& allow) {
    return std::ranges::any_of(
        classes, [&](const char* name) { return allow.device.find(name) != std::string::npos; });
  };
  const auto groups = look.list(unit, "SupplementaryGroups");
  return std::ranges::any_of(policies.front().allow, names_gpu) ||
         std::ranges::any_of(groups, [](const std::string& group) {
           return group == "video" || group == "render" || group == "nvidia";
         });
}

// The first vendor all of whose nodes it can open now.
Params capture(View& see) {
  FactReader look(see);
  if (!is_meant_for_gpu(look, see.unit())) {
    return {};
  }
  for (const auto& [vendor, name] : names<Vendor>) {
    Params out;
    out.vendor = vendor;
    const Findings findings = evaluate(out, see);
    if (!findings.empty() && worst(findings) == Status::pass) {
      return out;
    }
  }
  return {};
}
}  // namespace

extern const CheckDef gpu_device_access;
const CheckDef gpu_device_access = check<Params, fields, evaluate, capture>(
    "the unit can open its GPU, by the right groups", RunsWhen::when_configured);
}  // namespace checklist::checks
