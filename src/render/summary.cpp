// SPDX-License-Identifier: MIT
#include "render/summary.hpp"

#include <algorithm>

#include "render/moment.hpp"

namespace checklist::render {
namespace {
constexpr std::size_t most_named = 3;

std::size_t of(const std::array<std::size_t, 4>& counts, Status status) {
  return counts.at(static_cast<std::size_t>(status));
}
}  // namespace

std::string shown_name(const ServiceReport& service) {
  return service.manager == "system" ? service.unit : service.unit + " (" + service.manager + ")";
}

void each_check(const Report& report, const Visit& visit) {
  for (const auto& service : report.services) {
    for (const CheckResult& result : service->checks) {
      visit(shown_name(*service), result);
    }
  }
  for (const CheckResult& result : report.host ? report.host->checks : std::vector<CheckResult>{}) {
    visit("host", result);
  }
}

std::array<std::size_t, 4> tally(const Report& report) {
  std::array<std::size_t, 4> counts{};
  each_check(report, [&counts](const std::string& /*unit*/, const CheckResult& result) {
    ++counts.at(static_cast<std::size_t>(result.status()));
  });
  return counts;
}

std::array<std::size_t, 4> tally(const std::vector<CheckResult>& results) {
  std::array<std::size_t, 4> counts{};
  for (const CheckResult& result : results) {
    ++counts.at(static_cast<std::size_t>(result.status()));
  }
  return counts;
}

std::string totals(const Report& report) {
  const auto counts = tally(report);
  return std::to_string(of(counts, Status::pass)) + " pass, " +
         std::to_string(of(counts, Status::fail)) + " fail, " +
         std::to_string(of(counts, Status::unknown)) + " unknown, " +
         std::to_string(of(counts, Status::skip)) + " skipped";
}

std::string status_line(const Report& report) {
  const auto counts = tally(report);
  const std::size_t passing = of(counts, Status::pass);
  const std::size_t judged = passing + of(counts, Status::fail) + of(counts, Status::unknown);
  std::string out = std::to_string(passing) + " of " + std::to_string(judged) + " checks pass";
  std::size_t named = 0;
  each_check(report, [&](const std::string& unit, const CheckResult& result) {
    if (result.status() == Status::fail && named < most_named) {
      out += (named++ == 0 ? "; failing: " : ", ") + unit + " " + result.check;
    }
  });
  return out + (of(counts, Status::fail) > named ? ", …" : "");
}

Findings not_passing(const CheckResult& result) {
  Findings out;
  for (const Status status : {Status::fail, Status::unknown}) {
    std::ranges::copy_if(result.findings, std::back_inserter(out),
                         [status](const Finding& each) { return each.status == status; });
  }
  return out;
}

std::string decisive(const CheckResult& result) {
  const auto at = std::ranges::find(result.findings, result.status(), &Finding::status);
  return at == result.findings.end() ? std::string() : at->observed;
}

std::string known_text(const Acknowledgement& acknowledgement) {
  return "acknowledged until " + moment(acknowledgement.until) + " by " + acknowledgement.by +
         ": " + acknowledgement.reason;
}

Status worst(const std::vector<CheckResult>& results) {
  Status out = Status::skip;
  for (const CheckResult& result : results) {
    out = std::max(out, result.status());
  }
  return out;
}

Status worst(const Report& report) {
  Status out = Status::skip;
  each_check(report, [&out](const std::string& /*unit*/, const CheckResult& result) {
    out = std::max(out, result.status());
  });
  return out;
}
}  // namespace checklist::render
