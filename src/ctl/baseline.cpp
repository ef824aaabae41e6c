// SPDX-License-Identifier: MIT
#include "ctl/baseline.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <map>
#include <string_view>
#include <system_error>

namespace checklist::ctl {
namespace {
constexpr const char* host = "host";
constexpr const char* uncounted = "generation";  // a rollback changes it, or a reboot

using Manager = std::optional<std::string>;

// Returns the unit's name, as "dev/x.service" for a user's if the units of all managers count.
std::string name_of(const ServiceReport& service, const Manager& manager) {
  constexpr std::string_view of_user = "user:";
  return manager || !service.manager.starts_with(of_user)
             ? service.unit
             : service.manager.substr(of_user.size()) + "/" + service.unit;
}

// By "unit check"; units of `manager` and the host only.
std::map<std::string, Status> statuses(const Report& report, const Manager& manager) {
  std::map<std::string, Status> out;
  for (const auto& service : report.services) {
    for (const CheckResult& result : service->checks) {
      if (!manager || service->manager == *manager) {
        out.emplace(name_of(*service, manager) + " " + result.check, result.status());
      }
    }
  }
  for (const CheckResult& result : report.host ? report.host->checks : std::vector<CheckResult>{}) {
    if (result.check != uncounted) {
      out.emplace(std::string(host) + " " + result.check, result.status());
    }
  }
  return out;
}

bool any_passes(const Report& report) {
  const auto passes = [](const CheckResult& result) { return result.status() == Status::pass; };
  return (report.host && std::ranges::any_of(report.host->checks, passes)) ||
         std::ranges::any_of(report.services, [&passes](const auto& service) {
           return std::ranges::any_of(service->checks, passes);
         });
}

render::ParsedReport refused(const std::string& why) {
  render::ParsedReport out;
  out.mistake = why;
  return out;
}
}  // namespace

render::ParsedReport read_baseline(const std::string& file) {
  std::ifstream in(file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) {
    return refused(std::generic_category().message(errno));
  }
  if (text.empty()) {
    return refused("empty, or not a regular file");
  }
  render::ParsedReport report = render::parse_report(text);
  if (report.mistake.empty() && !any_passes(report)) {
    return refused("contains no check that passes");
  }
  return report;
}

Verdict judge(const Report& now, const std::optional<Report>& baseline, const Manager& manager) {
  Verdict out;
  const auto before = baseline ? statuses(*baseline, manager) : std::map<std::string, Status>();
  const auto present = statuses(now, manager);
  for (const auto& [name, status] : present) {
    const auto previous = before.find(name);
    const bool counts = !baseline || (previous != before.end() && previous->second == Status::pass);
    if (counts) {
      out.worst = std::max(out.worst, status);
    } else if (status > Status::pass) {
      out.not_counted.push_back(name);
    }
  }
  for (const auto& [name, status] : before) {
    if (status == Status::pass && !present.contains(name)) {
      out.missing.push_back(name);
      out.worst = Status::fail;
    }
  }
  return out;
}
}  // namespace checklist::ctl
