// SPDX-License-Identifier: MIT
#include "ctl/exercise/exercise_text.hpp"

#include <iostream>

#include "ctl/exercise/as_found.hpp"
#include "render/label.hpp"

namespace checklist::ctl {
namespace {
std::string mark(Outcome outcome) {
  switch (outcome) {
    case Outcome::passed:
      return "✓ ";
    case Outcome::failed:
      return "✗ ";
    default:
      return "– not done: ";
  }
}
}  // namespace

std::string restore_command(bool user) {
  return std::string("`checklistctl exercise --restore") + (user ? " --user`" : "`");
}

void print_plan(const ExerciseSetup& setup, bool user, bool toggles) {
  const LinkDirectories directories = link_directories(user);
  for (const std::string& unit : setup.exercised()) {
    const ObservedUnit& here = *setup.units().at(unit);
    const std::string not_masked = no_mask(here, directories);
    const std::string not_disabled = no_toggle(here, directories);
    std::cout << unit << " will be "
              << (is_up(here) ? "stopped and started" : "started and stopped")
              << (toggles && not_masked.empty() ? ", masked and unmasked" : "")
              << (toggles && not_disabled.empty() ? ", disabled and enabled" : "") << "\n";
    for (const AffectedUnit& each : setup.affected(unit).units) {
      if (each.role != Role::itself) {
        std::cout << "  affects " << each.unit << ", which " << each.why << "\n";
      }
    }
    if (toggles) {
      std::cout << (not_masked.empty() ? "" : "  is not masked: " + not_masked + "\n")
                << (not_disabled.empty() ? "" : "  is not disabled: " + not_disabled + "\n");
    }
  }
}

bool is_confirmed() {
  std::cout << "Continue? [y/N] " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

void print_began(const std::string& step) {
  constexpr std::size_t width = 10;
  std::cout << "  " << step << std::string(width - step.size(), ' ') << std::flush;
}

void print_ended(const ExerciseStep& step) {
  std::cout << mark(step.outcome) << render::printable(step.text) << std::endl;
}

void print_not_restored(const std::vector<std::string>& failures, bool user) {
  std::cerr << "checklistctl: not everything could be restored:\n";
  for (const std::string& each : failures) {
    std::cerr << "  " << render::printable(each) << "\n";
  }
  std::cerr << "Correct the cause, then run " << restore_command(user) << "\n";
}
}  // namespace checklist::ctl
