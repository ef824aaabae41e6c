// SPDX-License-Identifier: MIT
// Which of a unit's messages do not reach the journal, or are dropped before it stores them.
#pragma once
#include "checklist/facts/journal.hpp"
#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// The messages that a check looks for.
struct WantedMessages {
  Priority priority = Priority::err;  // this or worse
  bool at_any_priority = false;       // those that match a pattern, too
};

// Returns an unknown finding for each directive that hides some of these messages: StandardOutput=,
// StandardError=, LogNamespace=, LogLevelMax= (systemd.exec(5)). Standard output counts if its
// lines, which have the priority SyslogLevel=, would: systemd itself reports the end of a run in
// any case.
Findings hidden_output(const WantedMessages& want, View& see);
}  // namespace checklist::checks
