// SPDX-License-Identifier: MIT
// What is exposed of the host.
#include "render/families.hpp"
#include "render/family.hpp"
#include "render/finding_family.hpp"

namespace checklist::render {
std::vector<prometheus::MetricFamily> families_of(const HostReport& host) {
  auto status = Family::gauge("host_check_status",
                              "Status of a check of the whole host; one of the four is 1.");
  auto infos =
      Family::gauge("host_finding_info", "Why a host check does not pass, while it does not.");
  for (const CheckResult& result : host.checks) {
    status.add_states({{"check", result.check}}, "status", result.status());
  }
  (void)add_findings(infos, {}, host.checks);  // findings_omitted is a unit's family
  auto info = Family::gauge("systemd_info", "The service manager.");
  info.add({{"version", host.systemd_version}}, 1);
  auto state = Family::gauge("systemd_state", "SystemState of the manager; one of them is 1.");
  state.add_states({}, "state", host.state);
  return {status.take(), infos.take(), info.take(), state.take()};
}
}  // namespace checklist::render
