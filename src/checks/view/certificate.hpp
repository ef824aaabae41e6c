// SPDX-License-Identifier: MIT
// Whether a certificate is valid for long enough.
#pragma once
#include <optional>
#include <string>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

#include "semantics/text/count.hpp"

namespace checklist::checks {
using CertificateDays = semantics::Count<1, 3650>;

// Returns the finding of a certificate that must be valid for that many days.
Finding certificate_finding(const std::string& subject, const Observed<WallTime>& expiry,
                            CertificateDays days, View& see);

// Appends the finding of the certificate in a file unless it passes; nothing without `days`.
void add_certificate_fault(Findings& out, const std::string& path,
                           const std::optional<CertificateDays>& days, View& see);
}  // namespace checklist::checks
