// SPDX-License-Identifier: MIT
// The unit's processes can open the devices that it needs, by the declared groups; see
// docs/checks/gpu_device_access.md. Decides as the kernel does.
#include <algorithm>

#include "checklist/check.hpp"

#include "checks/definition/next_start.hpp"
#include "checks/devices/denial.hpp"
#include "checks/devices/device_access.hpp"
#include "checks/devices/device_use.hpp"
#include "checks/devices/gpu_purpose.hpp"
#include "checks/devices/late_node.hpp"
#include "checks/devices/node_helper.hpp"
#include "checks/view/command.hpp"
#include "semantics/text/sentence.hpp"

namespace checklist::checks {
namespace {
using semantics::Credentials;
using semantics::GrantedTo;

using Params = DeviceRequest;
constexpr const auto& fields = device_request_fields;

// One device for one unit, judged for the running processes and for those of the next start.
class DeviceJudgement {
 public:
  DeviceJudgement(const DeviceRequest& want, const WantedDevice& device, View& see)
      : want_(want), device_(device), see_(see), unit_(see.unit()), look_(see) {}

  Finding take() {
    context_ = device_context(look_, unit_);
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
    return next.credentials ? judged(*next.credentials, context_)
                            : on_unknown(next.unknown_account);
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
         .observed = account + " of " + unit_ + " is in neither /etc/passwd nor /etc/group",
         .hint =
             "run " + systemctl(see_, "start") + ": the groups of a running process can be read"});
  }

  // A process keeps the credentials of its start (credentials(7)). One that runs as another user
  // than User= has changed that itself, and will do so after the next start.
  Finding on_running(const Credentials& running, const std::optional<Credentials>& next) {
    Finding now = judged(running, context_);
    const bool is_of_unit = next && (next->uid == running.uid || next->uid == dynamic_id);
    if (!is_of_unit || now.status == Status::unknown || *next == running) {
      return now;
    }
    Finding then = judged(*next, context_.of_next_start());
    if (now.reason == "restart_needed") {
      return then.status == Status::fail ? then : now;
    }
    const bool by_list = now.reason == "device_policy" || now.reason == "slice_policy";
    if (now.status == Status::fail && then.status == Status::pass && !by_list) {
      now.reason = "restart_needed";
      now.observed = "the running processes still have the groups of their start: " + now.observed;
      now.hint = restart_advice(see_);
    } else if (now.status == Status::pass && then.status == Status::fail) {
      then.reason = "next_start";
      then.observed = "the running processes can open " + device_.path +
                      ", but those of the next start cannot: " + then.observed;
      return then;
    }
    return now;
  }

  Finding judged(const Credentials& who, const DeviceContext& context) {
    FactReader look(see_);
    const DeviceAccess access = device_access(device_, context, who, look);
    const bool may_be_late =
        access.denial == Denial::none && context.started && want_.looks_once && device_.required;
    const Arrival arrival =
        may_be_late ? arrival_of(access.node, device_.path, *context.started, unit_, look)
                    : Arrival::in_time;
    if (look.gap()) {
      return unknown(device_.path, expected(), *look.gap());
    }
    if (access.denial == Denial::unclear) {
      return unknown({.subject = device_.path,
                      .reason = "image",
                      .expected = expected(),
                      .observed = "the contents of " + access.setting + " are not known",
                      .hint = "run `nsenter --mount --target PID ls -l " + device_.path +
                              "` with the main PID of " + unit_});
    }
    if (arrival != Arrival::in_time) {
      return too_late(arrival);
    }
    if (access.denial == Denial::none) {
      return want_.via.empty() ? passed() : on_via(access, who);
    }
    auto words = describe_denial(access,
                                 {.unit = unit_,
                                  .device = device_,
                                  .who = who,
                                  .via = want_.via,
                                  .restart = restart_advice(see_),
                                  .reload = daemon_reload(see_)},
                                 *accounts_);
    return failed(std::move(words.reason), std::move(words.observed), std::move(words.hint));
  }

  [[nodiscard]] Finding too_late(Arrival arrival) const {
    const std::string restart = restart_advice(see_) + "; if it is so after each " +
                                "boot, order " + unit_ + " after what loads the driver";
    if (arrival == Arrival::unclear) {
      return unknown({.subject = device_.path,
                      .reason = "start_race",
                      .expected = expected(),
                      .observed = device_.path + " was created just after " + unit_ +
                                  " was started, which may have found no device",
                      .hint = restart});
    }
    return failed("restart_needed",
                  unit_ + " was started before " + device_.path +
                      " was there; programs look for their devices once, when they start",
                  restart);
  }

  [[nodiscard]] Finding passed() const {
    return pass({.subject = device_.path,
                 .expected = expected(),
                 .observed = unit_ + " can open " + device_.path});
  }

  // Access by a group must not be moot because every user has it.
  [[nodiscard]] Finding on_via(const DeviceAccess& access, const Credentials& who) const {
    const bool writes = device_.use != DeviceUse::r;
    const std::uint32_t others = access.node.permissions.mode;
    const std::uint32_t bit = writes ? semantics::may_write : semantics::may_read;
    const std::string shown = checks::shown(access.node, *accounts_);
    if ((others & bit) != 0) {
      return failed("open_to_all", access.at + " is " + shown + ": every user may open it",
                    "run " + shell_command({"chmod", "o=", access.at}) +
                        ", and set MODE= in a udev rule or the driver's options");
    }
    const bool by_group =
        access.grant->to == GrantedTo::owning_group || access.grant->to == GrantedTo::named_group;
    const std::string group = by_group ? group_name(access.grant->id, *accounts_) : "";
    if (std::ranges::find(want_.via, group) != want_.via.end()) {
      return pass({.subject = device_.path,
                   .expected = expected(),
                   .observed = unit_ + " can open " + device_.path + " by group " + group});
    }
    return failed(
        "not_by_group",
        access.at + " is " + shown + ", and " + unit_ + " may open it " +
            (by_group ? "by group " + group : "as user " + user_name(who.uid, *accounts_)),
        by_group ? "run " + shell_command({"chgrp", want_.via.front(), access.at}) +
                       ", and set GROUP= in a udev rule"
                 : "set User= to a dedicated user and SupplementaryGroups=" + want_.via.front());
  }

  const DeviceRequest& want_;
  const WantedDevice& device_;
  View& see_;
  const std::string& unit_;
  FactReader look_;
  DeviceContext context_;
  const Accounts* accounts_ = nullptr;
};

std::string subject_of(const DeviceRequest& want) {
  return want.vendor ? std::string(text(*want.vendor)) : "devices";
}

Finding no_gpu(Vendor vendor, const std::string& subject) {
  return fail({.subject = subject,
               .reason = "no_driver",
               .expected = "a GPU of vendor " + subject + " is present",
               .observed = "no device node of vendor " + subject + " exists",
               .hint = "load the driver " + driver_of(vendor) +
                       ", or remove gpu_device_access from the spec"});
}

Finding absent(const std::string& pattern) {
  return fail({.subject = pattern,
               .reason = "missing",
               .expected = pattern + " exists",
               .observed = "no node matches " + pattern,
               .hint = "load the driver that creates " + pattern + ", or remove it from the spec"});
}

// CUDA loads the module with its first use, through a helper that is setuid root.
Finding absent_uvm(const std::string& obstacle, const std::string& unit) {
  const std::string uvm(nvidia_uvm);
  return fail({.subject = uvm,
               .reason = "missing",
               .expected = uvm + " exists",
               .observed = uvm + " does not exist, and " + unit +
                           " cannot have nvidia-modprobe(1) create it because of " + obstacle,
               .hint = "run `nvidia-modprobe -c 0 -u` as root, at each boot before " + unit +
                       " starts (ExecStartPre=+), then restart it"});
}

Finding absent(const std::string& pattern, const std::string& unit, FactReader& look) {
  const auto obstacle = pattern == nvidia_uvm ? helper_obstacle(look, unit) : std::nullopt;
  return obstacle ? absent_uvm(*obstacle, unit) : absent(pattern);
}

Findings evaluate(const Params& want, View& see) {
  FactReader look(see);
  const Unit* unit = look.at(UnitKey{see.unit()});
  const auto wanted = wanted_devices(want, see.unit(), look);
  const std::string subject = subject_of(want);
  if (look.gap()) {
    return {unknown(subject, see.unit() + " can open its devices", *look.gap())};
  }
  if (unit->load != LoadState::loaded) {
    return {skip({.subject = subject,
                  .reason = "not_loaded",
                  .expected = "unit is loaded",
                  .observed = "the unit is " + std::string(text(unit->load))})};
  }
  if (wanted.no_gpu) {
    return {no_gpu(*want.vendor, subject)};
  }
  Findings out;
  for (const std::string& each : wanted.absent) {
    out.push_back(absent(each, see.unit(), look));
  }
  for (const WantedDevice& each : wanted.nodes) {
    out.push_back(DeviceJudgement(want, each, see).take());
  }
  if (want.in_use) {
    out.push_back(device_use(wanted, see));
  }
  return out;
}

bool passes(const Params& want, View& see) {
  return worst(evaluate(want, see)) == Status::pass;  // of no finding it is skip
}

// Returns the unit's groups that open the nodes, one if that is enough; nothing if others can, too.
std::vector<std::string> granting_groups(Params want, FactReader& look, View& see) {
  const auto groups = look.list(see.unit(), "SupplementaryGroups");
  for (const std::string& group : groups) {
    want.via = {group};
    if (passes(want, see)) {
      return want.via;
    }
  }
  want.via = groups;
  return !groups.empty() && passes(want, see) ? groups : std::vector<std::string>{};
}

Params capture(View& see) {
  FactReader look(see);
  if (!is_meant_for_gpu(look, see.unit())) {
    return {};
  }
  for (const auto& [vendor, name] : names<Vendor>) {
    Params out;
    out.vendor = vendor;
    if (passes(out, see)) {
      out.via = granting_groups(out, look, see);
      return out;
    }
  }
  return {};
}
}  // namespace

extern const CheckDef gpu_device_access;
const CheckDef gpu_device_access = check<Params, fields, evaluate, capture>(
    "the unit can open its GPU, by the declared groups", RunsWhen::when_configured,
    {.kind = CheckClass::symptom});
}  // namespace checklist::checks
