// SPDX-License-Identifier: MIT
#include "checks/devices/device_request.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "checklist/params/read.hpp"

#include "checks/devices/node_helper.hpp"

namespace checklist::checks {
namespace {
// `needed`: required of units that cannot have nvidia-modprobe(1) create it.
enum class Presence { required, needed, optional };
enum class Part { gpu, control };

struct VendorNodes {
  std::string_view pattern;
  Presence presence;
  Part part = Part::gpu;
  std::optional<DeviceUse> use = std::nullopt;  // instead of what the request says
};

// nvidia-uvm is created with its first use by CUDA, nvidia-modeset with a display. The capabilities
// of MIG instances are only read; the first two, for its administration, are left to root.
constexpr std::array nvidia{VendorNodes{"/dev/nvidiactl", Presence::required, Part::control},
                            VendorNodes{"/dev/nvidia[0-9]*", Presence::required},
                            VendorNodes{nvidia_uvm, Presence::needed, Part::control},
                            VendorNodes{"/dev/nvidia-uvm-tools", Presence::optional, Part::control},
                            VendorNodes{"/dev/nvidia-modeset", Presence::optional, Part::control},
                            VendorNodes{"/dev/nvidia-caps/nvidia-cap[3-9]", Presence::optional,
                                        Part::control, DeviceUse::r},
                            VendorNodes{"/dev/nvidia-caps/nvidia-cap[1-9][0-9]*",
                                        Presence::optional, Part::control, DeviceUse::r}};
constexpr std::array amd{VendorNodes{"/dev/kfd", Presence::required},
                         VendorNodes{"/dev/dri/renderD*", Presence::required},
                         VendorNodes{"/dev/dri/card[0-9]*", Presence::optional}};
constexpr std::array intel{VendorNodes{"/dev/dri/renderD*", Presence::required}};
constexpr const char* wsl = "/dev/dxg";  // the driver under WSL, for any vendor

std::span<const VendorNodes> nodes_of(Vendor vendor) {
  switch (vendor) {
    case Vendor::nvidia:
      return nvidia;
    case Vendor::amd:
      return amd;
    default:
      return intel;
  }
}

std::vector<std::string> found(const std::string& pattern, FactReader& look) {
  const auto* paths = look.at(GlobKey{pattern});
  return paths != nullptr ? *paths : std::vector<std::string>();
}

// A path is wanted whether or not it exists.
WantedDevices listed(const DeviceRequest& request, FactReader& look) {
  WantedDevices out;
  for (const semantics::PathPattern& each : request.devices) {
    const auto paths = semantics::is_glob(each.text) ? found(each.text, look)
                                                     : std::vector<std::string>{each.text};
    if (paths.empty()) {
      out.absent.push_back(each.text);
    }
    std::ranges::transform(paths, std::back_inserter(out.nodes), [&](const std::string& path) {
      return WantedDevice{path, request.access};
    });
  }
  return out;
}

bool is_required(Presence presence, const std::string& unit, FactReader& look) {
  return presence == Presence::required ||
         (presence == Presence::needed && helper_obstacle(look, unit));
}

WantedDevices of_vendor(const DeviceRequest& request, const std::string& unit, FactReader& look) {
  WantedDevices out;
  for (const VendorNodes& each : nodes_of(*request.vendor)) {
    const std::string pattern(each.pattern);
    const auto paths = found(pattern, look);
    const bool required = is_required(each.presence, unit, look);
    if (paths.empty() && required) {
      out.absent.push_back(pattern);
    }
    std::ranges::transform(paths, std::back_inserter(out.nodes), [&](const std::string& path) {
      return WantedDevice{.path = path,
                          .use = each.use.value_or(request.access),
                          .required = required,
                          .is_gpu = each.part == Part::gpu};
    });
  }
  if (out.nodes.empty() && !found(wsl, look).empty()) {
    return {.nodes = {{wsl, request.access}}};
  }
  out.no_gpu = out.nodes.empty();
  return out;
}
}  // namespace

void DeviceRequest::validate(const std::string& at, ConfigErrors& errors) const {
  if (devices.empty() && !vendor) {
    errors.push_back({at, R"("devices" or "vendor")", "neither"});
  } else if (!devices.empty() && vendor) {
    errors.push_back({at, R"(either "devices" or "vendor")", "both"});
  }
}

WantedDevices wanted_devices(const DeviceRequest& request, const std::string& unit,
                             FactReader& look) {
  WantedDevices out = request.vendor ? of_vendor(request, unit, look) : listed(request, look);
  std::ranges::stable_sort(out.nodes, {}, &WantedDevice::path);
  const auto is_same = [](const auto& a, const auto& b) { return a.path == b.path; };
  out.nodes.erase(std::unique(out.nodes.begin(), out.nodes.end(), is_same), out.nodes.end());
  return out;
}

std::optional<DeviceRequest> device_request(const Spec& spec) {
  const auto arguments = spec.checks.find("gpu_device_access");
  if (arguments == spec.checks.end()) {
    return std::nullopt;
  }
  ConfigErrors reported_at_load;
  return read<DeviceRequest>(arguments->second, device_request_fields, "", reported_at_load);
}

std::string driver_of(Vendor vendor) {
  switch (vendor) {
    case Vendor::nvidia:
      return "nvidia (`modprobe nvidia`, then `nvidia-smi`)";
    case Vendor::amd:
      return "amdgpu (`modprobe amdgpu`)";
    default:
      return "i915 or xe (`modprobe i915`)";
  }
}
}  // namespace checklist::checks
