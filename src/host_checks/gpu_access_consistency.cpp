// SPDX-License-Identifier: MIT
// All services that use a GPU have access to it in the same way, and no two active ones share a
// device exclusively; see docs/checks/gpu_access_consistency.md.
#include <algorithm>
#include <map>
#include <set>

#include "checklist/check.hpp"

#include "checks/devices/denial.hpp"
#include "checks/devices/device_access.hpp"
#include "semantics/text/sentence.hpp"

namespace checklist::host_checks {
namespace {
using checks::DeviceRequest;
using checks::FactReader;
using semantics::enumerated;
using semantics::GrantedTo;

struct Params {};

constexpr std::tuple fields{};

constexpr const char* same_way = "all services have access to the GPU in the same way";

struct GpuService {
  std::string unit;
  bool exclusive = false;
  bool active = false;
  std::set<std::string> nodes{};  // the nodes that it can open
  std::set<std::string> ways{};   // how it has access: "group video"
};

std::string way_of(const semantics::Grant& grant, const Accounts& accounts) {
  switch (grant.to) {
    case GrantedTo::owning_group:
    case GrantedTo::named_group:
      return "group " + checks::group_name(grant.id, accounts);
    case GrantedTo::others:
      return "the permissions for others";
    case GrantedTo::capability:
      return "capability";
    default:
      return "user " + checks::user_name(grant.id, accounts);
  }
}

// Returns the request of an enabled spec of the system's manager.
std::optional<DeviceRequest> request_of(const Spec& spec) {
  return spec.enabled && spec.user.empty() ? checks::device_request(spec) : std::nullopt;
}

// Returns the credentials of the running process, otherwise those of the next start.
std::optional<semantics::Credentials> credentials_of(const std::string& unit, FactReader& look) {
  const auto running = checks::running_credentials(look, unit);
  return running ? running : checks::next_credentials(look, unit).credentials;
}

GpuService look_at(const Spec& spec, const DeviceRequest& request, FactReader& look) {
  GpuService out{.unit = spec.unit, .exclusive = request.exclusive};
  const Unit* unit = look.at(UnitKey{spec.unit});
  if (unit == nullptr || unit->load != LoadState::loaded) {
    return out;  // service_state reports why
  }
  out.active = unit->active == ActiveState::active || unit->active == ActiveState::reloading;
  const Accounts* accounts = look.at(AccountsKey{});
  const auto scene = checks::device_context(look, spec.unit);
  const auto who = credentials_of(spec.unit, look);
  const auto wanted = checks::wanted_devices(request, spec.unit, look);
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

// Returns the way that most services have; of several, the first in order.
std::set<std::string> usual_way(const std::vector<GpuService>& services) {
  std::map<std::set<std::string>, std::size_t> counts;
  for (const GpuService& each : services) {
    ++counts[each.ways];
  }
  const auto most =
      std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; });
  return most != counts.end() ? most->first : std::set<std::string>();
}

// A service without any access is left out; its own check reports why.
Findings on_ways(std::vector<GpuService> services) {
  std::erase_if(services, [](const GpuService& each) { return each.ways.empty(); });
  const auto usual = usual_way(services);
  Findings out;
  for (const GpuService& each : services) {
    if (each.ways != usual) {
      out.push_back(
          fail({.subject = each.unit,
                .reason = "another_way",
                .expected = same_way,
                .observed = each.unit + " has access by " + enumerated(each.ways) +
                            ", the others by " + enumerated(usual),
                .hint = "give " + each.unit + " the same groups as the others, and no more"}));
    }
  }
  return out.empty() ? Findings{pass({.subject = "groups",
                                      .expected = same_way,
                                      .observed = services.empty()
                                                      ? "no service has access to a GPU"
                                                      : "all have access by " + enumerated(usual)})}
                     : out;
}

std::set<std::string> shared_nodes(const GpuService& a, const GpuService& b) {
  std::set<std::string> out;
  std::ranges::set_intersection(a.nodes, b.nodes, std::inserter(out, out.end()));
  return out;
}

Findings on_exclusive(const std::vector<GpuService>& services) {
  const std::string expected = "no two active services share an exclusive device";
  Findings out;
  for (auto one = services.begin(); one != services.end(); ++one) {
    for (auto other = std::next(one); other != services.end(); ++other) {
      const bool clash = one->exclusive && other->exclusive && one->active && other->active;
      const auto shared = clash ? shared_nodes(*one, *other) : std::set<std::string>();
      if (!shared.empty()) {
        const std::string both = one->unit + " and " + other->unit;
        out.push_back(fail(
            {.subject = both,
             .reason = "both_active",
             .expected = expected,
             .observed = both + " are active and share " + enumerated(shared),
             .hint = "stop one of them, or add Conflicts=" + one->unit + " to " + other->unit}));
      }
    }
  }
  return out.empty() ? Findings{pass({.subject = "exclusive",
                                      .expected = expected,
                                      .observed = "no exclusive device is shared"})}
                     : out;
}

Findings evaluate(const Params& /*want*/, HostView& see) {
  FactReader look(see);
  std::vector<GpuService> services;
  for (const Spec& spec : see.scene().specs) {
    if (const auto request = request_of(spec)) {
      services.push_back(look_at(spec, *request, look));
    }
  }
  if (look.gap()) {
    return {unknown("groups", same_way, *look.gap())};
  }
  Findings out = on_ways(services);
  std::ranges::move(on_exclusive(services), std::back_inserter(out));
  return out;
}
}  // namespace

extern const HostCheckDef gpu_access_consistency;
const HostCheckDef gpu_access_consistency = host_check<Params, fields, evaluate>(
    "all GPU services have access by the same groups", RunsWhen::always);
}  // namespace checklist::host_checks
