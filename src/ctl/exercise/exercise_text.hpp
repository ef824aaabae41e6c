// SPDX-License-Identifier: MIT
// What checklistctl exercise prints.
#pragma once
#include <string>
#include <vector>

#include "checklist/facts/exercise.hpp"

#include "ctl/exercise/exercise_setup.hpp"

namespace checklist::ctl {
// Returns the command that restores, between backticks.
std::string restore_command(bool user);

void print_plan(const ExerciseSetup& setup, bool user, bool toggles);
bool is_confirmed();
void print_began(const std::string& step);
void print_ended(const ExerciseStep& step);
void print_not_restored(const std::vector<std::string>& failures, bool user);
}  // namespace checklist::ctl
