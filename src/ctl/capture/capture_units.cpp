// SPDX-License-Identifier: MIT
#include "ctl/capture/capture_units.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>

#include "capture/capturing.hpp"
#include "capture/compose.hpp"
#include "capture/full.hpp"
#include "capture/kinds.hpp"
#include "config/catalogue.hpp"
#include "config/spec_file.hpp"
#include "ctl/capture/as_user.hpp"
#include "ctl/capture/unit_list.hpp"
#include "ctl/standalone_engine.hpp"
#include "ctl/units.hpp"

namespace checklist::ctl {
namespace {
using namespace std::chrono_literals;

// A busy machine needs time for each unit.
constexpr Duration longest_observation = 60s;
constexpr Duration longest_of_a_unit = 500ms;

using Units = std::vector<std::shared_ptr<capture::CapturedUnit>>;

// `user`: whose manager runs the unit; empty: the system's.
void add_unit(Units& units, const std::string& name, const std::string& user) {
  units.push_back(std::make_shared<capture::CapturedUnit>());
  units.back()->unit = name;
  units.back()->user = user;
}

Units units_of(const std::vector<std::string>& names, const std::string& user) {
  Units out;
  for (const std::string& name : names) {
    add_unit(out, name, user);
  }
  return out;
}

config::Configuration capturing(const Units& units, capture::Depth depth) {
  config::Configuration out;
  std::ranges::transform(units, std::back_inserter(out.services),
                         [depth](const auto& unit) { return capture::capturing(unit, depth); });
  return out;
}

// A probe to try, and the unit that it is for.
struct Candidate {
  const capture::CapturedUnit* unit;
  Dict probe;
};

config::Service probing(const Candidate& candidate) {
  Dict arguments = candidate.probe;
  arguments.insert_or_assign("failures", Value{std::int64_t{1}});
  ConfigErrors errors;
  return config::read_spec({{"unit", Value{candidate.unit->id}},
                            {"settle", Value{std::string("0s")}},
                            {"checks", Value{Dict{{"health_probe", Value{std::move(arguments)}}}}}},
                           {}, errors);
}

class Session {
 public:
  Session(const CaptureOptions& options, const config::Catalogue& catalogue,
          const std::vector<std::string>& names)
      : options_(options),
        catalogue_(catalogue),
        user_(options.user ? own_account() : ""),
        units_(units_of(names, user_)),
        engine_(options.user,
                capturing(units_, options.full ? capture::Depth::full : capture::Depth::spec)) {
    engine_.disable_config_tests();
  }

  Captures run() {
    Captures out;
    (void)engine_.settle(longest());
    if (!options_.full && add_instances()) {
      engine_.replace_specs(capturing(units_, capture::Depth::spec));
      (void)engine_.settle(longest());
    }
    out.complete = engine_.settled();
    if (!out.complete) {
      return out;
    }
    if (options_.full) {
      describe(out);
      return out;
    }
    if (options_.probes) {
      try_probes();
    }
    compose(out);
    verify(out);
    return out;
  }

 private:
  [[nodiscard]] Duration longest() const {
    return longest_observation + static_cast<Duration::rep>(units_.size()) * longest_of_a_unit;
  }

  // A unit without processes stands for its instances, which do the work. Returns whether there are
  // any that were not named.
  bool add_instances() {
    std::set<std::string> known;
    std::vector<std::string> found;
    for (const auto& unit : units_) {
      known.insert({unit->unit, unit->id});
      std::ranges::copy(unit->instances, std::back_inserter(found));
    }
    std::erase_if(found, [&known](const std::string& name) { return !known.insert(name).second; });
    for (const std::string& name : found) {
      add_unit(units_, name, user_);
    }
    return !found.empty();
  }

  void try_probes() {
    std::vector<Candidate> candidates;
    config::Configuration configuration;
    for (const auto& unit : units_) {
      const config::Kind* kind = unit->is_off ? nullptr : capture::kind_of(*unit, catalogue_);
      for (Dict& probe : kind != nullptr ? capture::probes_of(*unit, *kind) : std::vector<Dict>{}) {
        candidates.push_back({unit.get(), std::move(probe)});
        configuration.services.push_back(probing(candidates.back()));
        configuration.services.back().spec.user = user_;
      }
    }
    if (candidates.empty()) {
      return;
    }
    engine_.replace_specs(std::move(configuration));
    const auto report = engine_.settle(longest());
    for (std::size_t i = 0; i < candidates.size() && i < report->services.size(); ++i) {
      const CheckResult* result = result_of(*report->services[i], "health_probe");
      if (result != nullptr && result->status() == Status::pass) {
        probes_.try_emplace(candidates[i].unit, candidates[i].probe);
      }
    }
  }

  void describe(Captures& out) {
    for (const auto& unit : units_) {
      if (unit->exists) {
        out.full.insert_or_assign(unit->id, Value{capture::full(*unit)});
      } else {
        out.missing.push_back({unit->unit, capture::units_meant(unit->unit, catalogue_)});
      }
    }
  }

  static const CheckResult* result_of(const ServiceReport& service, std::string_view check) {
    const auto found = std::ranges::find(service.checks, check, &CheckResult::check);
    return found != service.checks.end() ? &*found : nullptr;
  }

  void compose(Captures& out) {
    std::set<std::string> seen;
    for (const auto& unit : units_) {
      if (!unit->exists) {
        out.missing.push_back({unit->unit, capture::units_meant(unit->unit, catalogue_)});
      } else if (seen.insert(unit->id).second) {
        const config::Kind* kind = capture::kind_of(*unit, catalogue_);
        const auto probe = probes_.find(unit.get());
        out.specs.push_back(
            {.unit = unit->id,
             .names = unit->names,
             .kind = kind != nullptr ? kind->name : "",
             .spec = capture::compose(
                 *unit, kind, probe != probes_.end() ? std::optional(probe->second) : std::nullopt),
             .notes = notes_of(*unit)});
        by_spec_.push_back(unit.get());
      }
    }
  }

  static std::vector<std::string> notes_of(const capture::CapturedUnit& unit) {
    std::string names;
    for (const std::string& name : unit.instances) {
      names += (names.empty() ? "" : ", ") + name;
    }
    return names.empty()
               ? std::vector<std::string>{}
               : std::vector{"the instances that are part of it get specs, too: " + names};
  }

  // Evaluates the specs as the daemon will, and notes what does not pass.
  void verify(Captures& out) {
    config::Configuration configuration;
    for (const CapturedSpec& each : out.specs) {
      ConfigErrors errors;
      configuration.services.push_back(config::read_spec(each.spec, {}, errors));
      configuration.services.back().spec.user = user_;
      for (config::NamedCheck& check : configuration.services.back().checks) {
        check.traits.reads_exposure = false;  // only the summary would show it
      }
    }
    engine_.replace_specs(std::move(configuration));
    const auto report = engine_.settle(longest());
    for (std::size_t i = 0; i < out.specs.size() && i < report->services.size(); ++i) {
      for (const CheckResult& result : report->services[i]->checks) {
        if (result.status() > Status::pass) {
          note(out.specs[i], *by_spec_[i], result);
        }
      }
    }
  }

  // Expectations of the kind that the unit does not meet are left out: the spec says what is.
  // Errors in the journal pass with time; that it is not written to does not.
  void note(CapturedSpec& out, const capture::CapturedUnit& unit, const CheckResult& result) const {
    const auto worst = std::ranges::max_element(result.findings, {}, &Finding::status);
    if (worst->reason == "not_tested") {
      return;  // a configuration is tested once the spec is there
    }
    const std::string why = worst->subject + ": " + worst->observed;
    const auto seen = unit.checks.find(result.check);
    const bool passed = seen != unit.checks.end() && seen->second.status <= Status::pass;
    const bool is_lasting = result.check != "journal_errors" || worst->reason == "elsewhere";
    const config::Kind* kind = capture::kind_of(unit, catalogue_);
    if (passed && is_lasting && kind != nullptr && capture::knows(*kind, result.check)) {
      out.spec = capture::without_knowledge(out.spec, unit, result.check);
      out.notes.push_back("left out what the catalogue says of " + result.check + ": " + why);
    } else {
      out.notes.push_back(result.check + " does not pass now: " + why);
    }
  }

  const CaptureOptions& options_;
  const config::Catalogue& catalogue_;
  std::string user_;  // whose manager runs the units; empty: the system's
  Units units_;
  StandaloneEngine engine_;
  std::map<const capture::CapturedUnit*, Dict> probes_;  // with which each responded
  std::vector<const capture::CapturedUnit*> by_spec_;
};
}  // namespace

config::Catalogue catalogue_of(const CaptureOptions& options) {
  return config::load_catalogue(options.catalogue.empty() ? config::catalogue_directories()
                                                          : options.catalogue);
}

Captures capture_units(const CaptureOptions& options) {
  if (!options.of_user.empty()) {
    return capture_as(options.of_user, options);
  }
  const config::Catalogue catalogue = catalogue_of(options);
  capture::Selection chosen{.units = options.units, .left_out = {}};
  if (options.all) {
    const auto all = unit_list(options.user);
    if (!all) {
      return {};
    }
    chosen = capture::select(*all, catalogue);
    std::ranges::copy_if(options.units, std::back_inserter(chosen.units), [&](const auto& unit) {
      return std::ranges::find(chosen.units, unit) == chosen.units.end();
    });
  }
  Captures out = Session(options, catalogue, chosen.units).run();
  std::ranges::transform(catalogue.problems, std::back_inserter(out.problems), config::text);
  out.left_out = std::move(chosen.left_out);
  return out;
}
}  // namespace checklist::ctl
