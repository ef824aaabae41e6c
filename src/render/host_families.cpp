// SPDX-License-Identifier: MIT
// Metric families of the host and its checks.
#include "render/check_values.hpp"
#include "render/families.hpp"
#include "render/family.hpp"
#include "render/finding_family.hpp"

namespace checklist::render {
namespace {
using prometheus::MetricFamily;

void add_checks(std::vector<MetricFamily>& out, const HostReport& host, const Limits& limits) {
  auto results =
      Family::gauge("host_check_result", std::string("Result of a host check: ") + results_help);
  auto problems = Family::gauge(
      "host_check_problem_timestamp_seconds",
      "Unix timestamp since when a host check does not pass. Absent while it passes.");
  auto infos = Family::gauge("host_finding_info",
                             "A finding of a host check that fails or is unknown; the value is 1.");
  auto acknowledged = Family::gauge("host_check_acknowledged",
                                    "Whether the failure of a host check is acknowledged (1).");
  for (const CheckResult& result : host.checks) {
    const Labels check{{"check", result.check}};
    results.add(check, number_of(result.status()));
    if (result.status() >= Status::unknown) {
      problems.add(check, seconds(result.track.since));
    }
    if (result.acknowledged) {
      acknowledged.add(with(check, labels_of(*result.acknowledged)), 1);
    }
  }
  (void)add_findings(infos, {}, host.checks, limits);  // findings_omitted has a label `unit`
  out.insert(out.end(), {results.take(), problems.take(), acknowledged.take(), infos.take()});
}

void add_optional(std::vector<MetricFamily>& out, const HostReport& host,
                  const OptionalMetrics& metrics) {
  auto status = Family::gauge(
      "host_check_status", "Status of a host check: 1 for the current status, 0 for the others.");
  if (metrics.status_sets) {
    for (const CheckResult& result : host.checks) {
      status.add_states({{"check", result.check}}, "status", result.status());
    }
  }
  auto state = Family::gauge(
      "systemd_state",
      "SystemState of the service manager: 1 for the current state, 0 for the others.");
  if (metrics.unit_states) {
    state.add_states({}, "state", host.state);
  }
  out.insert(out.end(), {status.take(), state.take()});
}
}  // namespace

std::vector<MetricFamily> families_of(const HostReport& host, const Selection& selection) {
  std::vector<MetricFamily> out;
  add_checks(out, host, selection.limits);
  auto info = Family::gauge(
      "systemd_info", "A metric with a constant value of 1, labeled by the version of systemd.");
  info.add({{"version", host.systemd_version}}, 1);
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
  out.insert(out.end(), {info.take(), failed.take(), generation.take(), reboot.take()});
  add_optional(out, host, selection.metrics);
  return out;
}
}  // namespace checklist::render
