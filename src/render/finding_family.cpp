// SPDX-License-Identifier: MIT
#include "render/finding_family.hpp"

#include "render/label.hpp"

namespace checklist::render {
namespace {
Labels labels_of(const std::string& check, const Finding& finding, std::size_t bytes) {
  Labels out{{"check", check},
             {"subject", finding.subject},
             {"reason", finding.reason},
             {"status", std::string(text(finding.status))},
             {"expected", shortened(finding.expected, bytes)},
             {"observed", shortened(finding.observed, bytes)}};
  if (!finding.hint.empty()) {
    out.emplace_back("hint", shortened(finding.hint, bytes));
  }
  if (!finding.cause.empty()) {
    out.emplace_back("cause", finding.cause);
  }
  return out;
}
}  // namespace

std::size_t add_findings(Family& infos, const Labels& labels, std::span<const CheckResult> results,
                         const Limits& limits) {
  std::size_t omitted = 0;
  for (const Status status : {Status::fail, Status::unknown}) {
    for (const CheckResult& result : results) {
      for (const Finding& finding : result.findings) {
        if (finding.status != status) {
          continue;
        }
        if (infos.size() == limits.findings) {
          ++omitted;
        } else {
          infos.add(with(labels, labels_of(result.check, finding, limits.text_bytes)), 1,
                    limits.text_bytes);
        }
      }
    }
  }
  return omitted;
}
}  // namespace checklist::render
