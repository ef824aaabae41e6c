// SPDX-License-Identifier: MIT
// The devices that a unit needs, as its spec declares them: by path, by glob or by GPU vendor.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/params/error.hpp"
#include "checklist/params/field.hpp"
#include "checklist/spec.hpp"

#include "checks/view/fact_reader.hpp"
#include "semantics/files/file_rules.hpp"

namespace checklist::checks {
enum class Vendor { nvidia, amd, intel };
enum class DeviceUse { r, w, rw };

struct DeviceRequest {
  std::vector<semantics::PathPattern> devices{};
  std::optional<Vendor> vendor = std::nullopt;
  DeviceUse access = DeviceUse::rw;
  std::vector<std::string> via{};
  bool exclusive = false;
  bool looks_once = true;
  bool in_use = false;

  // Exactly one of `devices` and `vendor` must be given.
  void validate(const std::string& at, ConfigErrors& errors) const;
};

inline constexpr std::tuple device_request_fields{
    Field{"devices", &DeviceRequest::devices, "the nodes, by path or glob"},
    Field{"vendor", &DeviceRequest::vendor, "instead: whose GPU, with all of its nodes"},
    Field{"access", &DeviceRequest::access, "how they are opened: r, w or rw"},
    Field{"via", &DeviceRequest::via,
          "the groups by which it must get access, and by nothing else"},
    Field{"exclusive", &DeviceRequest::exclusive, "whether it needs the devices exclusively"},
    Field{"looks_once", &DeviceRequest::looks_once,
          "whether its programs look for the devices once, when they start"},
    Field{"in_use", &DeviceRequest::in_use, "whether one of its processes must hold a GPU open"}};

struct WantedDevice {
  std::string path;
  DeviceUse use = DeviceUse::rw;
  bool required = true;  // the programs need it; otherwise it is judged because it is there
  bool is_gpu = true;    // a GPU itself, and not what controls the driver
  bool operator==(const WantedDevice&) const = default;
};

struct WantedDevices {
  std::vector<WantedDevice> nodes{};
  std::vector<std::string> absent{};  // required patterns without a match
  bool no_gpu = false;                // no node of the vendor exists
};

// Returns the devices that the unit needs, with globs expanded. If `look` has a gap afterwards, the
// result does not count.
WantedDevices wanted_devices(const DeviceRequest& request, const std::string& unit,
                             FactReader& look);

// Returns the name of the vendor's driver and how to load it, for a hint.
std::string driver_of(Vendor vendor);

// Returns what a spec's gpu_device_access requests; nothing if it has no such check.
std::optional<DeviceRequest> device_request(const Spec& spec);
}  // namespace checklist::checks

namespace checklist {
template <>
inline constexpr auto names<checks::Vendor> =
    names_of<checks::Vendor>({{checks::Vendor::nvidia, "nvidia"},
                              {checks::Vendor::amd, "amd"},
                              {checks::Vendor::intel, "intel"}});
template <>
inline constexpr auto names<checks::DeviceUse> = names_of<checks::DeviceUse>(
    {{checks::DeviceUse::r, "r"}, {checks::DeviceUse::w, "w"}, {checks::DeviceUse::rw, "rw"}});
}  // namespace checklist
