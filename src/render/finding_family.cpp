// SPDX-License-Identifier: MIT
#include "render/finding_family.hpp"

namespace checklist::render {
namespace {
constexpr std::size_t most_findings = 32;

Labels labels_of(const std::string& check, const Finding& finding) {
  return {{"check", check},
          {"subject", finding.subject},
          {"reason", finding.reason},
          {"status", std::string(text(finding.status))},
          {"expected", finding.expected},
          {"observed", finding.observed}};
}
}  // namespace

std::size_t add_findings(Family& infos, const Labels& labels,
                         std::span<const CheckResult> results) {
  std::size_t omitted = 0;
  for (const Status status : {Status::fail, Status::unknown}) {
    for (const CheckResult& result : results) {
      for (const Finding& finding : result.findings) {
        if (finding.status != status) {
          continue;
        }
        if (infos.size() == most_findings) {
          ++omitted;
        } else {
          infos.add(with(labels, labels_of(result.check, finding)), 1);
        }
      }
    }
  }
  return omitted;
}
}  // namespace checklist::render
