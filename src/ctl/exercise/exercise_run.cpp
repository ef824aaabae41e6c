// SPDX-License-Identifier: MIT
#include "ctl/exercise/exercise_run.hpp"

#include <chrono>
#include <functional>
#include <string_view>
#include <utility>

namespace checklist::ctl {
namespace {
using namespace std::chrono_literals;

constexpr Duration after_the_end = 60s;  // until probes and counters have seen it, too
constexpr Duration beyond_a_step = 30s;  // acknowledged, should this process be late

WallTime now() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

struct Step {
  const char* name;
  std::function<ExerciseStep()> run;
};

class Run {
 public:
  Run(ExercisePlan plan, const Affected& affected, const RunContext& context)
      : plan_(std::move(plan)), context_(context), steps_(plan_, affected, context) {}

  RunResult run() {
    keep(Duration{});
    context_.planned();
    for (const Step& step : sequence()) {
      if (context_.interrupted() || has_failed_) {
        break;
      }
      perform(step);
    }
    RunResult out;
    perform({"restored", [&] { return steps_.restored(has_failed_, out.not_restored); }});
    out.interrupted = context_.interrupted();
    out.exercise.at = now();
    out.exercise.steps = std::move(done_);
    out.exercise.definition = steps_.unit().definition;
    if (out.not_restored.empty()) {
      plan_.is_finished = true;
      plan_.until = now() + (has_failed_ ? 0s : after_the_end);
      context_.keep(plan_);
    }
    return out;
  }

 private:
  std::vector<Step> sequence() {
    const Step stop{"stop", [this] { return steps_.stop(); }};
    const Step released{"released", [this] { return steps_.released(); }};
    const Step mask{"mask", [this] { return steps_.mask(); }};
    const Step start{"start", [this] { return steps_.start(); }};
    const Step ready{"ready", [this] { return steps_.ready(); }};
    std::vector<Step> out = steps_.was_up() ? std::vector{stop, released, mask, start, ready}
                                            : std::vector{mask, start, ready, stop, released};
    if (!context_.toggles) {
      std::erase_if(out, [](const Step& step) { return std::string_view(step.name) == "mask"; });
      return out;
    }
    out.push_back({"disable", [this] { return steps_.disable(); }});
    out.push_back({"enable", [this] { return steps_.enable(); }});
    return out;
  }

  void perform(const Step& step) {
    keep(context_.restoring.longest);
    context_.began(step.name);
    ExerciseStep done = step.run();
    done.name = step.name;
    has_failed_ |= done.outcome == Outcome::failed;
    context_.ended(done);
    done_.push_back(std::move(done));
  }

  void keep(Duration longest) {
    plan_.until = now() + longest + beyond_a_step;
    context_.keep(plan_);
  }

  ExercisePlan plan_;
  const RunContext& context_;
  Steps steps_;
  std::vector<ExerciseStep> done_;
  bool has_failed_ = false;
};
}  // namespace

RunResult exercise(ExercisePlan plan, const Affected& affected, const RunContext& context) {
  return Run(std::move(plan), affected, context).run();
}
}  // namespace checklist::ctl
