// SPDX-License-Identifier: MIT
// All services that use a GPU get at it in the same way, and none has to share what it wants for
// itself; see docs/checks/gpu_access_consistency.md.
#include <algorithm>
#include <map>
#include <set>

#include "checklist/check.hpp"

#include "checks/devices/device_access.hpp"
#include "checks/devices/device_words.hpp"
#include "semantics/text/sentence.hpp"

namespace checklist::host_checks {
namespace {
using checks::DeviceRequest;
using checks::FactReader;
using semantics::enumerated;
using semantics::GrantedTo;

struct Params {};

constexpr std::tuple fields{};

struct GpuService {
  std::string unit;
  bool exclusive = false;
  bool active = false;
  std::set<std::string> nodes{};  // that it can open
  std::set<std::string> ways{};   // by which it can: "group video"
};

std::string way_of(const semantics::Grant& grant, const Accounts& accounts) {
  switch (grant.to) {
    case GrantedTo::owning_group:
    case GrantedTo::named_group:
      return "group " + checks::group_name(grant.id, accounts);
    case GrantedTo::others:
      return "everybody";
    case GrantedTo::capability:
      return "capability";
    default:
      return "user " + checks::user_name(grant.id, accounts);
  }
}

// What a spec asks for, if it asks for devices.
std::optional<DeviceRequest> request_of(const Spec& spec) {
  const auto found = spec.checks.find("gpu_device_access");
  if (found == spec.checks.end() || !spec.enabled || !spec.user.empty()) {
    return std::nullopt;
  }
  ConfigErrors told_elsewhere;
  return read<DeviceRequest>(found->second, checks::device_request_fields, "", told_elsewhere);
}

// Whose processes run, or would run, it.
std::optional<semantics::Credentials> credentials_of(const std::string& unit, FactReader& look) {
  const auto running = checks::running_credentials(look, unit);
  return running ? running : checks::next_credentials(look, unit).credentials;
}

GpuService look_at(const Spec& spec, const DeviceRequest& request, FactReader& look) {
  GpuService out{.unit = spec.unit, .exclusive = request.exclusive};
  const Unit* unit = look.at(UnitKey{spec.unit});
  if (unit == nullptr || unit->load != LoadState::loaded) {
    return out;  // service_state says why
  }
  out.active = unit->active == ActiveState::active || unit->active == ActiveState::reloading;
  const Accounts* accounts = look.at(AccountsKey{});
  const auto scene = checks::device_scene(look, spec.unit);
  const auto who = credentials_of(spec.unit, look);
  const auto wanted = checks::wanted_devices(request, look);
  if (accounts == nullptr || !who) {
    return out;
  }
  for (const auto& device : wanted.nodes) {
    const auto access = checks::device_access(device, scene, *who, look);
    if (access.denial == checks::Denial::none) {
      out.nodes.insert(device.path);
      out.ways.insert(way_of(*access.grant, *accounts));
    }
  }
  return out;
}

Finding failed(std::string reason, Finding finding, std::string observed, std::string hint) {
  finding.status = Status::fail;
  finding.reason = std::move(reason);
  finding.observed = std::move(observed);
  finding.hint = std::move(hint);
  return finding;
}

// The way that most services have; of several the one that stands first.
std::set<std::string> usual_way(const std::vector<GpuService>& services) {
  std::map<std::set<std::string>, std::size_t> counts;
  for (const GpuService& each : services) {
    ++counts[each.ways];
  }
  const auto most =
      std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; });
  return most != counts.end() ? most->first : std::set<std::string>();
}

// A service that cannot open anything has no way to compare; its own check says why.
Findings on_ways(std::vector<GpuService> services) {
  std::erase_if(services, [](const GpuService& each) { return each.ways.empty(); });
  const std::string expected = "all services get at the GPU in the same way";
  const auto usual = usual_way(services);
  Findings out;
  for (const GpuService& each : services) {
    if (each.ways != usual) {
      out.push_back(failed(
          "another_way", pass({.subject = each.unit, .expected = expected}),
          each.unit + " does by " + enumerated(each.ways) + ", the others by " + enumerated(usual),
          "give " + each.unit + " the same groups as the others, and no more"));
    }
  }
  return out.empty()
             ? Findings{pass({.subject = "groups",
                              .expected = expected,
                              .observed = services.empty() ? "none does"
                                                           : "they do, by " + enumerated(usual)})}
             : out;
}

std::set<std::string> shared_nodes(const GpuService& a, const GpuService& b) {
  std::set<std::string> out;
  std::ranges::set_intersection(a.nodes, b.nodes, std::inserter(out, out.end()));
  return out;
}

// Each pair once.
Findings on_exclusive(const std::vector<GpuService>& services) {
  const std::string expected = "no two services that want a device for themselves are active";
  Findings out;
  for (auto one = services.begin(); one != services.end(); ++one) {
    for (auto other = std::next(one); other != services.end(); ++other) {
      const bool clash = one->exclusive && other->exclusive && one->active && other->active;
      const auto shared = clash ? shared_nodes(*one, *other) : std::set<std::string>();
      if (!shared.empty()) {
        out.push_back(
            failed("both_active",
                   pass({.subject = one->unit + " and " + other->unit, .expected = expected}),
                   "both are, on " + enumerated(shared),
                   "stop one of them, or add Conflicts=" + one->unit + " to " + other->unit));
      }
    }
  }
  return out.empty() ? Findings{pass(
                           {.subject = "exclusive", .expected = expected, .observed = "none are"})}
                     : out;
}

Findings evaluate(const Params& /*nothing to say*/, HostView& see) {
  FactReader look(see);
  std::vector<GpuService> services;
  for (const Spec& spec : see.scene().specs) {
    if (const auto request = request_of(spec)) {
      services.push_back(look_at(spec, *request, look));
    }
  }
  if (look.gap()) {
    return {unknown("groups", "all services get at the GPU in the same way", *look.gap())};
  }
  Findings out = on_ways(services);
  std::ranges::move(on_exclusive(services), std::back_inserter(out));
  return out;
}
}  // namespace

extern const HostCheckDef gpu_access_consistency;
const HostCheckDef gpu_access_consistency = host_check<Params, fields, evaluate>(
    "all GPU services get at it by the same groups", RunsWhen::always);
}  // namespace checklist::host_checks
