// SPDX-License-Identifier: MIT
// What is exposed of the host.
#include "render/families.hpp"
#include "render/family.hpp"
#include "render/finding_family.hpp"

namespace checklist::render {
std::vector<prometheus::MetricFamily> families_of(const HostReport& host, const Limits& limits) {
  auto status = Family::gauge("host_check_status",
                              "Status of a check of the whole host; one of the four is 1.");
  auto infos =
      Family::gauge("host_finding_info", "Why a host check does not pass, while it does not.");
  for (const CheckResult& result : host.checks) {
    status.add_states({{"check", result.check}}, "status", result.status());
  }
  (void)add_findings(infos, {}, host.checks, limits);  // findings_omitted is a unit's family
  auto info = Family::gauge("systemd_info", "The service manager.");
  info.add({{"version", host.systemd_version}}, 1);
  auto state = Family::gauge("systemd_state", "SystemState of the manager; one of them is 1.");
  state.add_states({}, "state", host.state);
  auto failed = Family::gauge("failed_units", "Units of the whole manager that are failed.");
  auto generation = Family::gauge("nixos_generation",
                                  "Number of the running NixOS generation, if its profile leads "
                                  "to it.");
  auto reboot = Family::gauge("nixos_reboot_needed",
                              "Whether kernel, initrd, modules or systemd differ from those that "
                              "were booted.");
  if (host.failed_units) {
    failed.add({}, static_cast<double>(*host.failed_units));
  }
  if (host.nixos_generation) {
    generation.add({}, static_cast<double>(*host.nixos_generation));
  }
  if (host.nixos_reboot_needed) {
    reboot.add({}, *host.nixos_reboot_needed ? 1 : 0);
  }
  return {status.take(), infos.take(),      info.take(),  state.take(),
          failed.take(), generation.take(), reboot.take()};
}
}  // namespace checklist::render
