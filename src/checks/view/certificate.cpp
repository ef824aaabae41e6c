// SPDX-License-Identifier: MIT
#include "checks/view/certificate.hpp"

#include <array>
#include <cstdio>

#include "semantics/time/span.hpp"

namespace checklist::checks {
namespace {
// "2026-12-05", of UTC.
std::string date(WallTime moment) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(moment));
  std::array<char, 32> out{};
  (void)std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                      static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return out.data();
}
}  // namespace

Finding certificate_finding(const std::string& subject, const Observed<WallTime>& expiry,
                            CertificateDays days, View& see) {
  const std::string expected = "certificate is valid for " + std::to_string(days.number) + " days";
  const auto& epoch = see[WallClockKey{}];
  if (!expiry || !epoch) {
    return unknown(subject, expected, expiry ? epoch.unseen() : expiry.unseen());
  }
  const TimePoint end{*expiry - *epoch};
  Finding out{.subject = subject,
              .reason = "expired",
              .expected = expected,
              .observed = "certificate expired on " + date(*expiry),
              .hint = "renew the certificate, then have its server read it"};
  if (see.passed(end)) {
    return fail(std::move(out));
  }
  out.observed = "certificate expires on " + date(*expiry);
  if (see.passed(end - std::chrono::days(days.number))) {
    out.reason = "expires_soon";
    return fail(std::move(out));
  }
  return pass({.subject = subject, .expected = expected, .observed = out.observed});
}

void add_certificate_fault(Findings& out, const std::string& path,
                           const std::optional<CertificateDays>& days, View& see) {
  auto finding = days ? certificate_finding(path, see[CertificateKey{path}], *days, see)
                      : Finding{.status = Status::pass};
  if (finding.status != Status::pass) {
    out.push_back(std::move(finding));
  }
}
}  // namespace checklist::checks
