// SPDX-License-Identifier: MIT
// Runs one probe; it ends at its deadline at the latest.
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
  // Borrows loop, multi and key. `headers` are lines "Name: value". `done` is called once, from the
  // loop, and may destroy the ProbeRun.
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
  std::optional<Dialogue> dialogue_;  // on the connection of the transfer
  event::Source deadline_;
};
}  // namespace checklist::observe
