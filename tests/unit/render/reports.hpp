// SPDX-License-Identifier: MIT
// Reports to render: one with every status, both managers, and texts that want escaping.
#pragma once
#include <memory>
#include <string>
#include <utility>

#include "checklist/report.hpp"

namespace checklist::testing {
inline WallTime at_second(std::int64_t second) {
  return WallTime{std::chrono::seconds{second}};
}

inline Finding passing(std::string subject) {
  Finding finding;
  finding.subject = std::move(subject);
  return finding;
}

inline Finding failing(std::string subject, std::string observed) {
  return {.status = Status::fail,
          .subject = std::move(subject),
          .reason = "wider",
          .expected = "tcp:127.0.0.1:8080",
          .observed = std::move(observed),
          .hint = "Bind it to loopback.",
          .details = "pid 4711"};
}

inline Finding unseen(std::string subject) {
  return unknown(std::move(subject), "an answer",
                 {"permission", "sockets cannot be read", "Run it as root."});
}

inline CheckResult result(std::string check, Findings findings) {
  const Status status = worst(findings);
  return {.check = std::move(check),
          .findings = std::move(findings),
          .track = {.status = status, .since = at_second(1700000000), .changes = {1, 2, 3, 4}}};
}

inline std::shared_ptr<ServiceReport> service(std::string unit, std::vector<CheckResult> checks) {
  auto out = std::make_shared<ServiceReport>();
  out->unit = std::move(unit);
  out->group = "ml";
  out->severity = Severity::critical;
  out->summary = {.load = LoadState::loaded,
                  .active = ActiveState::active,
                  .sub = "running",
                  .fragment_path = "/etc/systemd/system/" + out->unit,
                  .unit_file_state = "enabled",
                  .restarts = 2,
                  .started = at_second(1699999000),
                  .exposure = 1.6};
  out->checks = std::move(checks);
  return out;
}

inline Report report(std::vector<std::shared_ptr<const ServiceReport>> services) {
  Report out;
  out.generation = 7;
  out.made = at_second(1700000100);
  out.services = std::move(services);
  out.changes = std::make_shared<const std::vector<Change>>();
  return out;
}

// Two system units and a user's, host checks, and a change.
inline Report sample() {
  auto llama = service("llamacpp.service",
                       {result("port_bindings", {failing("tcp:127.0.0.1:8080", "tcp:0.0.0.0:8080"),
                                                 passing("unix:/run/l.sock")}),
                        result("service_state", {passing("state")})});
  llama->checks.front().acknowledged = {
      .until = at_second(1700600000), .reason = "moves on <Monday>", .by = "dev"};
  auto ghost = service("ghost.service", {result("service_state", {failing("load", "not-found")})});
  ghost->group = "monitoring";
  ghost->severity = Severity::warning;
  ghost->enabled = false;
  ghost->summary = {};
  ghost->summary.load = LoadState::not_found;
  ghost->summary.active = ActiveState::inactive;
  auto jupyter = service("jupyter.service", {result("port_bindings", {unseen("sockets")}),
                                             result("service_state", {})});
  jupyter->manager = "user:dev";
  jupyter->summary.last_trigger = at_second(1699000000);  // as a timer has them
  jupyter->summary.next_elapse = at_second(1700600000);
  jupyter->summary.exercise =
      ExerciseSummary{.at = at_second(1700000300), .success = {{"start", false}, {"stop", true}}};
  Report out = report({llama, ghost, jupyter});
  out.host = std::make_shared<const HostReport>(
      HostReport{.systemd_version = "252.39",
                 .state = SystemState::degraded,
                 .checks = {result("coverage", {failing("x.service", "no spec")})}});
  out.changes = std::make_shared<const std::vector<Change>>(
      std::vector<Change>{{.at = at_second(1700000000),
                           .manager = "system",
                           .unit = "llamacpp.service",
                           .check = "port_bindings",
                           .from = Status::pass,
                           .to = Status::fail,
                           .observed = "tcp:0.0.0.0:8080"}});
  return out;
}
}  // namespace checklist::testing
