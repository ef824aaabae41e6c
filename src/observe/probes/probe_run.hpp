// SPDX-License-Identifier: MIT
// One probe from its start to its outcome, which comes at the deadline at the latest.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "checklist/facts/probes.hpp"
#include "checklist/observed.hpp"

#include "event/loop.hpp"
#include "observe/probes/curl_multi.hpp"
#include "observe/probes/dialogue.hpp"
#include "observe/probes/probe_transfer.hpp"

namespace checklist::observe {
class ProbeRun {
 public:
  using Done = std::function<void(Observed<Probe>)>;
  // Borrows loop, multi and key. `done` is called once, later and from the loop; the ProbeRun may
  // be destroyed in it. `headers` as lines.
  ProbeRun(event::Loop& loop, CurlMulti& multi, const ProbeKey& key,
           const std::vector<std::string>& headers, Done done);
  ProbeRun(const ProbeRun&) = delete;
  ProbeRun& operator=(const ProbeRun&) = delete;
  ProbeRun(ProbeRun&&) = delete;
  ProbeRun& operator=(ProbeRun&&) = delete;
  ~ProbeRun();

 private:
  void transferred(CURLcode result);
  void end(Observed<Probe> outcome);

  event::Loop& loop_;
  CurlMulti& multi_;
  const ProbeRequest& request_;
  Done done_;
  ProbeTransfer transfer_;
  std::optional<Dialogue> dialogue_;  // over the transfer's connection
  event::Source deadline_;
};
}  // namespace checklist::observe
