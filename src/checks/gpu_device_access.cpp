// SPDX-License-Identifier: MIT
// The unit's processes can open the devices that it needs, by the right groups; see
// docs/checks/gpu_device_access.md. The kernel is the judge.
#include <algorithm>
#include <array>

#include "checklist/check.hpp"

#include "semantics/command.hpp"
#include "semantics/device_access.hpp"
#include "semantics/device_words.hpp"
#include "semantics/finding.hpp"
#include "semantics/sentence.hpp"

namespace checklist::checks {
namespace {
using semantics::Credentials;
using semantics::Denial;
using semantics::DeviceAccess;
using semantics::DeviceRequest;
using semantics::DeviceScene;
using semantics::finding;
using semantics::GrantedTo;
using semantics::Look;
using semantics::WantedDevice;

using Params = DeviceRequest;
constexpr const auto& fields = semantics::device_request_fields;

// One device for one unit: as its processes are, and as the next start would make them.
class Judgement {
 public:
  Judgement(const DeviceRequest& want, const WantedDevice& device, View& see)
      : want_(want), device_(device), see_(see), unit_(see.unit()), look_(see) {}

  Finding take() {
    scene_ = semantics::device_scene(look_, unit_);
    const Accounts* accounts = look_.at(AccountsKey{});
    const auto running = semantics::running_credentials(look_, unit_);
    const auto next = semantics::next_credentials(look_, unit_);
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
    return unit_ + " can open " + device_.path + " for " + semantics::purpose(device_.use) +
           (want_.via.empty() ? "" : ", by group " + semantics::enumerated(want_.via));
  }

  [[nodiscard]] Finding failed(std::string reason, std::string observed, std::string hint) const {
    return finding(Status::fail, device_.path, std::move(reason), expected(), std::move(observed),
                   std::move(hint));
  }

  [[nodiscard]] Finding on_unknown(const std::string& account) const {
    return finding(Status::unknown, device_.path, "account", expected(),
                   account + " of " + unit_ + " stands neither in /etc/passwd nor in /etc/group",
                   "start " + unit_ + ": the groups of its processes can be read");
  }

  // A process keeps the credentials of its start (credentials(7)). One that runs as somebody else
  // than the unit says has changed that itself, and will again.
  Finding on_running(const Credentials& running, const std::optional<Credentials>& next) {
    Finding now = judged(running);
    const bool is_of_unit =
        next && (next->uid == running.uid || next->uid == semantics::dynamic_id);
    if (!is_of_unit || now.status == Status::unknown || *next == running) {
      return now;
    }
    Finding then = judged(*next);
    if (now.status == Status::fail && then.status == Status::pass) {
      now.reason = "restart_needed";
      now.observed = "its processes still run with the groups of their start: " + now.observed;
      now.hint = "run " + semantics::command(see_, "restart");
    } else if (now.status == Status::pass && then.status == Status::fail) {
      then.reason = "next_start";
      then.observed = "its processes can, but those of the next start cannot: " + then.observed;
      return then;
    }
    return now;
  }

  Finding judged(const Credentials& who) {
    Look look(see_);
    const DeviceAccess access = semantics::device_access(device_, scene_, who, look);
    if (look.gap()) {
      return unknown(device_.path, expected(), *look.gap());
    }
    if (access.denial == Denial::unclear) {
      return finding(Status::unknown, device_.path, "image", expected(),
                     access.setting + " decides, and nobody can look into it",
                     "look from within: `nsenter` into a process of " + unit_);
    }
    if (access.denial == Denial::none) {
      return want_.via.empty() ? passed() : on_via(access, who);
    }
    auto words = semantics::words_of(
        access, {.unit = unit_, .device = device_, .who = who, .via = want_.via}, *accounts_);
    return failed(std::move(words.reason), std::move(words.observed), std::move(words.hint));
  }

  [[nodiscard]] Finding passed() const {
    return finding(Status::pass, device_.path, {}, expected(), "it can");
  }

  // Access by a group is worth little where everybody has it.
  [[nodiscard]] Finding on_via(const DeviceAccess& access, const Credentials& who) const {
    const bool writes = device_.use != semantics::DeviceUse::r;
    const std::uint32_t others = access.node.permissions.mode;
    const std::uint32_t bit = writes ? semantics::may_write : semantics::may_read;
    const std::string shown = semantics::shown(access.node, *accounts_);
    if ((others & bit) != 0) {
      return failed("open_to_all", access.at + " is " + shown + ": everybody may open it",
                    "take it from the others: `chmod o= " + access.at +
                        "`, and set MODE by a udev rule or the driver's options");
    }
    const bool by_group =
        access.grant->to == GrantedTo::owning_group || access.grant->to == GrantedTo::named_group;
    const std::string group = by_group ? semantics::group_name(access.grant->id, *accounts_) : "";
    if (std::ranges::find(want_.via, group) != want_.via.end()) {
      return finding(Status::pass, device_.path, {}, expected(), "it can, by group " + group);
    }
    return failed(
        "not_by_group",
        access.at + " is " + shown + ", and " + unit_ + " may open it " +
            (by_group ? "by group " + group
                      : "as user " + semantics::user_name(who.uid, *accounts_)),
        by_group ? "give " + access.at + " to group " + want_.via.front()
                 : "run it as a user of its own with SupplementaryGroups=" + want_.via.front());
  }

  const DeviceRequest& want_;
  const WantedDevice& device_;
  View& see_;
  const std::string& unit_;
  Look look_;
  DeviceScene scene_;
  const Accounts* accounts_ = nullptr;
};

std::string subject_of(const DeviceRequest& want) {
  return want.vendor ? std::string(text(*want.vendor)) : "devices";
}

Finding no_gpu(semantics::Vendor vendor, const std::string& subject) {
  return finding(Status::fail, subject, "no_driver", "there is a GPU of " + subject,
                 "none of its device nodes exists",
                 "load the driver " + semantics::driver_of(vendor) +
                     ", or take gpu_device_access out of the spec");
}

Finding absent(const std::string& pattern) {
  return finding(Status::fail, pattern, "missing", pattern + " exists", "no such node exists",
                 "load the driver that makes " + pattern + ", or take it out of the spec");
}

Findings evaluate(const Params& want, View& see) {
  Look look(see);
  const Unit* unit = look.at(UnitKey{see.unit()});
  const auto wanted = semantics::wanted_devices(want, look);
  const std::string subject = subject_of(want);
  if (look.gap()) {
    return {unknown(subject, see.unit() + " can open its devices", *look.gap())};
  }
  if (unit->load != LoadState::loaded) {
    return {finding(Status::skip, subject, "not_loaded", "judged of a unit that is loaded",
                    std::string(text(unit->load)))};
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
bool is_meant_for_gpu(Look& look, const std::string& unit) {
  constexpr std::array classes{"nvidia",   "char-drm", "char-kfd",
                               "/dev/dri", "/dev/kfd", "/dev/dxg"};
  const auto policies = semantics::device_policies(look, unit);
  const auto names_gpu = [&classes](const semantics::DeviceAllow& allow) {
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
  Look look(see);
  if (!is_meant_for_gpu(look, see.unit())) {
    return {};
  }
  for (const auto& [vendor, name] : names<semantics::Vendor>) {
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
    "the unit can open its GPU, by the right groups", Runs::when_configured);
}  // namespace checklist::checks
