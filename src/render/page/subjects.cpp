// SPDX-License-Identifier: MIT
#include "render/page/subjects.hpp"

#include <algorithm>

#include "render/page/html.hpp"
#include "render/summary.hpp"
#include "semantics/unit/spec_name.hpp"

namespace checklist::render {
namespace {
using semantics::host_name;

bool has_checks(const std::shared_ptr<const HostReport>& host) {
  return host && !host->checks.empty();
}

Subject host_subject(const HostReport& host) {
  return {.service = nullptr,
          .checks = host.checks,
          .name = host_name,
          .href = std::string("unit/") + host_name};
}

Subject unit_subject(const ServiceReport& service) {
  return {.service = &service,
          .checks = service.checks,
          .name = shown_name(service),
          .href = unit_href(service)};
}
}  // namespace

std::vector<Subject> subjects_of(const Report& report) {
  std::vector<Subject> out;
  for (const auto& service : report.services) {
    out.push_back(unit_subject(*service));
  }
  if (has_checks(report.host)) {
    out.push_back(host_subject(*report.host));
  }
  return out;
}

std::optional<Subject> find_subject(const Report& report, std::string_view unit,
                                    std::string_view manager) {
  if (unit == host_name) {
    return has_checks(report.host) ? std::optional(host_subject(*report.host)) : std::nullopt;
  }
  const auto at = std::ranges::find_if(report.services, [&](const auto& service) {
    return service->unit == unit && service->manager == manager;
  });
  return at == report.services.end() ? std::nullopt : std::optional(unit_subject(**at));
}

std::string unit_href(const ServiceReport& service) {
  return "unit/" + url_encoded(service.unit) +
         (service.manager == "system" ? "" : "?manager=" + url_encoded(service.manager));
}

std::string filter_attributes(const ServiceReport* service, Status worst) {
  const std::string words =
      service == nullptr ? host_name : shown_name(*service) + " " + service->group;
  return " data-row=\"" + escaped(words) + "\" data-worst=" + std::string(text(worst));
}
}  // namespace checklist::render
