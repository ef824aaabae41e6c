// SPDX-License-Identifier: MIT
// Asks checklistd-files.path for a run of checklistd-files.service: by a new file in a directory
// that the path unit watches. The file is empty, so root trusts the daemon with nothing but the
// moment.
#pragma once
#include <optional>
#include <string>

#include "checklist/time.hpp"

#include "event/loop.hpp"

namespace checklist::observe {
// In RuntimeDirectory= of checklistd.service.
inline constexpr auto root_look_request = "/run/checklistd-request/look";

class RootLook {
 public:
  RootLook(event::Loop& loop, std::string request);

  // Asks for a look at that moment or later. Repeats the request until looked() is called with it,
  // because a path unit watches nothing while its service runs, but only a few times: it may not be
  // active. Requests that follow each other are paced.
  void ask(TimePoint moment);
  // As above, after a while.
  void ask_in(Duration pause);

  // To be called with the time of each look.
  void looked(TimePoint made);

 private:
  void send();

  event::Loop& loop_;
  std::string request_;
  std::optional<TimePoint> wanted_;  // not yet answered
  Duration pause_{};                 // until the request is repeated
  TimePoint sent_{};
  Duration distance_{};  // to the next request
  event::Source repeat_;
  event::Source later_;
};
}  // namespace checklist::observe
