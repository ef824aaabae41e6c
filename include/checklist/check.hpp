// SPDX-License-Identifier: MIT
// A check: pure functions of parameters and facts. Adding one is adding a file to src/checks
// (cmake/CheckTable.cmake).
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "checklist/finding.hpp"
#include "checklist/params/error.hpp"
#include "checklist/params/read.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/view.hpp"

namespace checklist {
enum class RunsWhen {
  always,      // unless the spec sets it to false
  for_timers,  // as always, but only for timers
  when_configured
};

// Returns whether a check of that kind can judge the unit.
inline bool applies_to(RunsWhen runs, std::string_view unit) {
  return runs != RunsWhen::for_timers || unit.ends_with(".timer");
}

// Returns whether it runs for the unit if its spec does not mention the check.
inline bool runs_by_default(RunsWhen runs, std::string_view unit) {
  return runs != RunsWhen::when_configured && applies_to(runs, unit);
}

// A check with one service's parameters. Must be cheap and must not throw: it runs at each change
// of a fact that it has read. An empty result means that the check does not apply to the unit as it
// is: the service's report shows the check as "skip".
using BoundCheck = std::function<Findings(View&)>;

// What a check needs from the rest of the daemon, so that no other file names the check.
struct CheckTraits {
  bool runs_when_disabled = false;  // also evaluated for a spec with `enabled: false`
  bool reads_exposure = false;      // the unit's exposure level is measured and published
  bool counts_messages = false;     // the unit's journal messages are counted and published
  CheckClass kind = CheckClass::posture;
};

struct CheckDef {
  std::string_view summary;  // one line: what it decides
  RunsWhen runs;
  // Reads the arguments once, when the configuration is loaded; `at` is their JSON pointer.
  BoundCheck (*bind)(const Dict& arguments, const std::string& at, ConfigErrors&);
  // Returns arguments with which the unit passes in its present state; omits those for which a fact
  // is missing.
  Dict (*capture)(View&);
  Dict (*schema)();  // JSON Schema of the arguments
  CheckTraits traits = {};
};

template <class P, const auto& fields, auto evaluate, auto capture>
constexpr CheckDef check(std::string_view summary, RunsWhen runs, CheckTraits traits = {}) {
  return {
      .summary = summary,
      .runs = runs,
      .bind = [](const Dict& arguments, const std::string& at, ConfigErrors& errors) -> BoundCheck {
        return [params = read_and_validate<P>(arguments, fields, at, errors)](View& see) {
          return evaluate(params, see);
        };
      },
      .capture = [](View& see) { return print(P{capture(see)}, fields); },
      .schema = [] { return schema<P>(fields); },
      .traits = traits};
}

// What a host check reads besides facts.
struct HostInputs {
  std::span<const Spec> specs;  // of this manager, and those of users whose reports it receives
  std::string_view user = {};   // whose instance this is; empty: the system's
};

class HostView : public View {
 public:
  HostView(Facts& facts, Reader reader, const Spec& nothing, TimePoint now, HostInputs scene)
      : View(facts, reader, nothing, now), scene_(scene) {}

  [[nodiscard]] const HostInputs& scene() const { return scene_; }

  // Returns a spec of nothing but the unit and this manager's user, for hints about a unit without
  // a spec.
  [[nodiscard]] Spec spec_of(const std::string& unit) const {
    Spec out;
    out.unit = unit;
    out.user = std::string(scene_.user);
    return out;
  }

 private:
  HostInputs scene_;
};

// As BoundCheck, but an empty result removes the check from the report: it does not apply to the
// host, as `generation` without NixOS.
using BoundHostCheck = std::function<Findings(HostView&)>;

struct HostCheckTraits {
  // Takes `expected` and `watch_users` from the top level of checklistd.json.
  bool takes_expected_lists = false;
};

struct HostCheckDef {
  std::string_view summary;
  RunsWhen runs;
  BoundHostCheck (*bind)(const Dict& arguments, const std::string& at, ConfigErrors&);
  Dict (*schema)();
  HostCheckTraits traits = {};
};

template <class P, const auto& fields, auto evaluate>
constexpr HostCheckDef host_check(std::string_view summary, RunsWhen runs,
                                  HostCheckTraits traits = {}) {
  return {.summary = summary,
          .runs = runs,
          .bind = [](const Dict& arguments, const std::string& at,
                     ConfigErrors& errors) -> BoundHostCheck {
            return [params = read_and_validate<P>(arguments, fields, at, errors)](HostView& see) {
              return evaluate(params, see);
            };
          },
          .schema = [] { return schema<P>(fields); },
          .traits = traits};
}

template <class Def>
struct Named {
  std::string_view name;
  const Def* def;
};

std::span<const Named<CheckDef>> all_checks();  // in the order of their names
std::span<const Named<HostCheckDef>> all_host_checks();
}  // namespace checklist
