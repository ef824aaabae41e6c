// SPDX-License-Identifier: MIT
// The unit and its processes are sandboxed as declared; see docs/checks/hardening.md.
#include <cmath>

#include "checklist/check.hpp"

#include "checks/directives/hardening_directives.hpp"
#include "checks/directives/hardening_in_force.hpp"
#include "checks/directives/written.hpp"
#include "checks/view/command.hpp"
#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
namespace {

struct Params {
  ExpectedDirectives expected;
  std::optional<ExposureLevel> max_exposure;
};

constexpr auto exposure_help =
    "the highest allowed exposure level of `systemd-analyze security`, 0 to 10";
const DirectiveFields<Params, std::optional<ExposureLevel>> fields{
    .directives = hardening_directives(),
    .expected = &Params::expected,
    .others = std::tuple{Field{"max_exposure", &Params::max_exposure, exposure_help}}};

// Returns whether ReadWritePaths= makes everything writable again that ProtectSystem= protects.
bool is_undone(View& see, const std::string& level) {
  const auto opened = see.list("ReadWritePaths");
  return std::ranges::any_of(opened, [&level](std::string path) {
    path.erase(0, path.find_first_not_of("-+"));
    return path == "/" || (path == "/usr" && level != "strict") ||
           (path == "/etc" && level == "full");
  });
}

void judge_opened_paths(View& see, Findings& findings) {
  for (Finding& finding : findings) {
    if (finding.subject == "ProtectSystem" && finding.expected != "no" &&
        finding.status != Status::fail && is_undone(see, finding.expected)) {
      finding.status = Status::fail;
      finding.reason = "undone";
      finding.observed = "ReadWritePaths= makes the protected paths writable again";
      finding.hint = "narrow ReadWritePaths= of " + see.unit() + " to the paths it writes to";
    }
  }
}

std::string print(double level) {
  const auto tenths = std::lround(level * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

Finding exposure(View& see, double most) {
  const std::string expected = "an exposure level of at most " + print(most);
  FactReader look(see);
  const auto& level = see[ExposureKey{look.id(see.unit())}];
  if (!level) {
    return unknown("max_exposure", expected, level.unseen());
  }
  const bool is_low = std::lround(*level * 10) <= std::lround(most * 10);
  const std::string details = "rated " + print(*level);
  if (is_low) {
    return pass({.subject = "max_exposure",
                 .expected = expected,
                 .observed = "an exposure level of at most " + print(most),
                 .details = details});
  }
  return fail({.subject = "max_exposure",
               .reason = "exposed",
               .expected = expected,
               .observed = "an exposure level above " + print(most),
               .hint = "fix what " + systemd_analyze(see, "security") + " lists",
               .details = details});
}

Findings evaluate(const Params& want, View& see) {
  Findings out = evaluate_directives(see, want.expected, "weaker", hardening_in_force);
  judge_opened_paths(see, out);
  const Observed<Unit>& unit = see[UnitKey{see.unit()}];
  if (want.max_exposure && unit && unit->load == LoadState::loaded) {
    out.push_back(exposure(see, want.max_exposure->value));
  }
  return out;
}

// An exposure level is left out: it changes with the version of systemd.
Params capture(View& see) {
  return {.expected = written(see, hardening_directives()), .max_exposure = std::nullopt};
}
}  // namespace

extern const CheckDef hardening;
const CheckDef hardening =
    check<Params, fields, evaluate, capture>("the unit and its processes are sandboxed as declared",
                                             RunsWhen::when_configured, {.reads_exposure = true});
}  // namespace checklist::checks
