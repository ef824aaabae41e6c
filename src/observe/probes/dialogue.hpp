// SPDX-License-Identifier: MIT
// A question said over a connected socket, and its answer awaited, without blocking: what
// telnet:// of libcurl does not do.
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
  // The descriptor is borrowed. `done` is called once, later and from the loop; the Dialogue may be
  // destroyed in it.
  Dialogue(event::Loop& loop, int fd, std::string send, std::string expect, Done done);

 private:
  void go_on();
  bool say();
  void listen();
  void end(ProbeOutcome outcome);

  int fd_;
  std::string send_;  // what is not said yet
  std::string expect_;
  Response answer_;
  Done done_;
  event::Source ready_;
};
}  // namespace checklist::observe
