// SPDX-License-Identifier: MIT
// The unit gives up what it should give up, and so does what runs; see docs/checks/hardening.md.
#include <cmath>

#include "checklist/check.hpp"

#include "checks/directives/hardening_directives.hpp"
#include "checks/directives/hardening_in_force.hpp"
#include "checks/directives/level.hpp"
#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
namespace {

struct Params {
  Demands demands;
  std::optional<Level> max_exposure;
};

constexpr auto exposure_help = "what `systemd-analyze security` may rate it at most, 0 to 10";
const DirectiveFields<Params, std::optional<Level>> fields{
    .directives = hardening_directives(),
    .demands = &Params::demands,
    .others = std::tuple{Field{"max_exposure", &Params::max_exposure, exposure_help}}};

// Whether ReadWritePaths= opens again all that ProtectSystem= closes.
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
      finding.observed = "ReadWritePaths opens it again";
      finding.hint = "narrow ReadWritePaths= of " + see.unit() + " to the paths it writes to";
    }
  }
}

std::string print(double level) {
  const auto tenths = std::lround(level * 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

Finding exposure(View& see, double most) {
  const std::string expected = "an exposure of at most " + print(most);
  const std::string command =
      see.spec().user.empty() ? "systemd-analyze security " : "systemd-analyze --user security ";
  FactReader look(see);
  const auto& level = see[ExposureKey{look.id(see.unit())}];
  if (!level) {
    return unknown("max_exposure", expected, level.unseen());
  }
  const bool is_low = std::lround(*level * 10) <= std::lround(most * 10);
  return {.status = is_low ? Status::pass : Status::fail,
          .subject = "max_exposure",
          .reason = is_low ? "" : "exposed",
          .expected = expected,
          .observed = is_low ? "no more than that" : "it is exposed more than that",
          .hint = is_low ? "" : "look at what `" + command + see.unit() + "` lists",
          .details = "rated " + print(*level)};
}

Findings evaluate(const Params& want, View& see) {
  Findings out = held(see, want.demands, "weaker", hardening_in_force);
  judge_opened_paths(see, out);
  const Observed<Unit>& unit = see[UnitKey{see.unit()}];
  if (want.max_exposure && unit && unit->load == LoadState::loaded) {
    out.push_back(exposure(see, want.max_exposure->value));
  }
  return out;
}

Params capture(View& see) {
  Params out{.demands = written(see, hardening_directives()), .max_exposure = std::nullopt};
  FactReader look(see);
  if (const auto& level = see[ExposureKey{look.id(see.unit())}]) {
    out.max_exposure = Level{*level};
  }
  return out;
}
}  // namespace

extern const CheckDef hardening;
const CheckDef hardening = check<Params, fields, evaluate, capture>(
    "the unit and what runs of it give up what they should", RunsWhen::when_configured);
}  // namespace checklist::checks
