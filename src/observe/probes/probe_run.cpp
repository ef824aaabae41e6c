// SPDX-License-Identifier: MIT
#include "observe/probes/probe_run.hpp"

#include <utility>

namespace checklist::observe {
namespace {
Probe of(ProbeOutcome outcome) {
  return {.outcome = outcome, .status = 0, .note = {}};
}
}  // namespace

ProbeRun::ProbeRun(event::Loop& loop, CurlMulti& multi, const ProbeKey& key,
                   const std::vector<std::string>& headers, Done done)
    : loop_(loop),
      multi_(multi),
      request_(key.request),
      done_(std::move(done)),
      transfer_(key.request, headers),
      deadline_(loop.timer([this] { end(of(ProbeOutcome::timeout)); })) {
  deadline_.arm_at(loop.now() + key.pace.timeout);
  multi_.add(transfer_.raw(), [this](CURLcode result) { transferred(result); });
}

ProbeRun::~ProbeRun() {
  dialogue_.reset();
  multi_.remove(transfer_.raw());
}

void ProbeRun::transferred(CURLcode result) {
  auto outcome = transfer_.outcome(result);
  const bool connected = outcome && outcome->outcome == ProbeOutcome::passed;
  if (!request_.url.empty() || !connected) {
    end(std::move(outcome));
    return;
  }
  dialogue_.emplace(loop_, transfer_.socket(), request_.send, request_.expect,
                    [this](ProbeOutcome how) { end(of(how)); });
}

void ProbeRun::end(Observed<Probe> outcome) {
  deadline_.disarm();
  const Done done = std::exchange(done_, nullptr);
  done(std::move(outcome));
}
}  // namespace checklist::observe
