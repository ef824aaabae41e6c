// SPDX-License-Identifier: MIT
// What there is to say about a unit's state, and what to do about it.
#pragma once
#include <string>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

#include "checks/state/past.hpp"

namespace checklist::checks {
// About the unit's state; `hint` is empty on pass.
Finding state_finding(Status status, std::string reason, std::string expected, std::string observed,
                      std::string hint = {});

// To read the journal, mend, and then do that.
std::string look_and(const View& see, const std::string& verb);

// How its last run ended, "exit-code, exited with 1"; a Result that no process had, as
// "start-limit-hit", by itself.
std::string last_end(View& see, const Past& past);

// Of a unit that is not loaded: masked, not-found, bad-setting, error.
Finding not_loaded(View& see, const Unit& unit);

// Of a unit whose last start was refused; `past` has the refusal.
Finding refused(View& see, const Past& past, const std::string& expected);
}  // namespace checklist::checks
