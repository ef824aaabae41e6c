// SPDX-License-Identifier: MIT
#include "checks/boot/boot_cycle.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "checks/boot/boot_path.hpp"
#include "checks/view/command.hpp"
#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
namespace {
constexpr auto subject = "order";
constexpr auto expected = "no ordering cycle";

// Returns the shortest way from the unit along After= back to it, without the unit at its end.
std::vector<std::string> way_round(const BootCycle& cycle, const std::string& unit) {
  std::map<std::string, std::string> came_from;
  std::vector<std::string> level{unit};
  while (!level.empty() && !came_from.contains(unit)) {
    std::vector<std::string> next;
    for (const std::string& at : level) {
      for (const std::string& other : cycle.after.at(at)) {
        if (came_from.emplace(other, at).second) {
          next.push_back(other);
        }
      }
    }
    level = std::move(next);
  }
  std::vector<std::string> out;
  for (std::string at = came_from.at(unit); at != unit; at = came_from.at(at)) {
    out.push_back(at);
  }
  out.push_back(unit);
  std::ranges::reverse(out);
  return out;
}

// Returns "a is ordered after b, b after c, c after a".
std::string in_words(const std::vector<std::string>& units) {
  std::string out = units.front() + " is ordered after ";
  for (std::size_t i = 1; i < units.size(); ++i) {
    out += units[i] + ", " + units[i] + " after ";
  }
  return out + units.front();
}

// `starter`: the unit that starts it, if that one is concerned; otherwise empty.
Finding on_cycle(const BootCycle& cycle, const std::string& unit, const std::string& starter,
                 const View& see) {
  const std::string& concerned = starter.empty() ? unit : starter;
  const bool is_on_it = cycle.after.contains(concerned);
  const std::string& member = is_on_it ? concerned : cycle.after.begin()->first;
  const std::string words = in_words(way_round(cycle, member));
  const std::string needs = is_on_it ? words : concerned + " requires a unit of a cycle: " + words;
  return fail({.subject = subject,
               .reason = "cycle",
               .expected = expected,
               .observed = starter.empty() ? needs : starter + " starts it; " + needs,
               .hint = "remove one of these After= or Before= lines, then run " +
                       daemon_reload(see) +
                       ": at boot systemd drops the start of a unit in a cycle"});
}
}  // namespace

std::optional<Finding> cycle_finding(View& see, const std::string& unit,
                                     const std::vector<std::string>& starters) {
  FactReader look(see);
  const std::string target = default_target(look);
  const auto* cycles = look.at(BootCyclesKey{target});
  if (cycles == nullptr) {
    return unknown(subject, expected, *look.gap());
  }
  for (const BootCycle& cycle : *cycles) {
    if (std::ranges::binary_search(cycle.may_drop, unit)) {
      return on_cycle(cycle, unit, "", see);
    }
    for (const std::string& starter : starters) {
      if (std::ranges::binary_search(cycle.may_drop, starter)) {
        return on_cycle(cycle, unit, starter, see);
      }
    }
  }
  return std::nullopt;
}
}  // namespace checklist::checks
