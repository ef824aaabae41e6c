// SPDX-License-Identifier: MIT
// Metric families of the host and its checks.
#include "render/families.hpp"
#include "render/family.hpp"
#include "render/finding_family.hpp"

namespace checklist::render {
std::vector<prometheus::MetricFamily> families_of(const HostReport& host, const Limits& limits) {
  auto status = Family::gauge(
      "host_check_status", "Status of a host check: 1 for the current status, 0 for the others.");
  auto infos = Family::gauge("host_finding_info",
                             "A finding of a host check that fails or is unknown; the value is 1.");
  auto acknowledged = Family::gauge("host_check_acknowledged",
                                    "Whether the failure of a host check is acknowledged (1).");
  for (const CheckResult& result : host.checks) {
    if (result.acknowledged) {
      acknowledged.add({{"check", result.check}}, 1);
    }
    status.add_states({{"check", result.check}}, "status", result.status());
  }
  (void)add_findings(infos, {}, host.checks, limits);  // findings_omitted has a label `unit`
  auto info = Family::gauge(
      "systemd_info", "A metric with a constant value of 1, labeled by the version of systemd.");
  info.add({{"version", host.systemd_version}}, 1);
  auto state = Family::gauge(
      "systemd_state",
      "SystemState of the service manager: 1 for the current state, 0 for the others.");
  state.add_states({}, "state", host.state);
  auto failed = Family::gauge("failed_units", "Number of failed units of the service manager.");
  auto generation = Family::gauge("nixos_generation",
                                  "Number of the running NixOS generation, if the system profile "
                                  "contains it.");
  auto reboot = Family::gauge("nixos_reboot_needed",
                              "Whether kernel, initrd, modules or systemd differ from the booted "
                              "ones (1) or not (0).");
  if (host.failed_units) {
    failed.add({}, static_cast<double>(*host.failed_units));
  }
  if (host.nixos_generation) {
    generation.add({}, static_cast<double>(*host.nixos_generation));
  }
  if (host.nixos_reboot_needed) {
    reboot.add({}, *host.nixos_reboot_needed ? 1 : 0);
  }
  return {status.take(), acknowledged.take(), infos.take(),      info.take(),
          state.take(),  failed.take(),       generation.take(), reboot.take()};
}
}  // namespace checklist::render
