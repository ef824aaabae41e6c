// SPDX-License-Identifier: MIT
// Sends a text over a connected socket and waits for the expected response, without blocking.
// libcurl's telnet:// cannot do this.
#pragma once
#include <functional>
#include <string>

#include "checklist/facts/probes.hpp"

#include "event/loop.hpp"
#include "observe/probes/response.hpp"

namespace checklist::observe {
class Dialogue {
 public:
  using Done = std::function<void(ProbeOutcome)>;
  // Borrows the descriptor. `done` is called once, from the loop, and may destroy the Dialogue.
  Dialogue(event::Loop& loop, int fd, std::string send, std::string expect, Done done);

 private:
  void advance();
  bool write();
  void read();
  void end(ProbeOutcome outcome);

  int fd_;
  std::string send_;  // not sent yet
  std::string expect_;
  Response response_;
  Done done_;
  event::Source ready_;
};
}  // namespace checklist::observe
