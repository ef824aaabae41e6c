// SPDX-License-Identifier: MIT
#include "parse/history.hpp"

#include <algorithm>

namespace checklist::parse {
namespace {
constexpr std::size_t most_restarts = 64;

void end_run(History& history, const PastEvent& past, const std::string& result) {
  if (history.last_run && history.last_run->ended > past.at) {
    return;
  }
  const ProcessExit exit = past.exit.value_or(ProcessExit{});
  history.last_run = Run{.ended = past.at,
                         .this_boot = past.this_boot,
                         .result = result,
                         .exit_code = exit.code,
                         .exit_status = exit.status};
}

void start(History& history, const PastEvent& past, const StartDone& done) {
  if (!history.last_started || *history.last_started < past.at) {
    history.last_started = past.at;
  }
  if (history.last_refusal && history.last_refusal->at <= past.at) {
    history.last_refusal.reset();
  }
  if (done.ran) {
    end_run(history, past, "success");
  }
}

void refuse(History& history, const PastEvent& past, const StartRefused& refused) {
  const bool is_newest = (!history.last_refusal || history.last_refusal->at <= past.at) &&
                         (!history.last_started || *history.last_started < past.at);
  if (is_newest) {
    history.last_refusal = Refusal{
        .at = past.at, .this_boot = past.this_boot, .result = refused.result, .what = refused.what};
  }
}

void restart(History& history, const PastEvent& past) {
  auto& restarts = history.restarts;
  if (past.this_boot && (restarts.empty() || restarts.back() < past.at)) {
    restarts.push_back(past.at);
    restarts.erase(restarts.begin(), restarts.end() - static_cast<std::ptrdiff_t>(std::min(
                                                          most_restarts, restarts.size())));
  }
}
}  // namespace

void add(History& history, const PastEvent& past) {
  if (const auto* done = std::get_if<StartDone>(&past.event)) {
    start(history, past, *done);
  } else if (const auto* refused = std::get_if<StartRefused>(&past.event)) {
    refuse(history, past, *refused);
  } else if (const auto* ended = std::get_if<RunEnded>(&past.event)) {
    end_run(history, past, ended->result);
  } else if (std::holds_alternative<AutoRestart>(past.event)) {
    restart(history, past);
  }
}
}  // namespace checklist::parse
