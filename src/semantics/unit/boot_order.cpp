// SPDX-License-Identifier: MIT
#include "semantics/unit/boot_order.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace checklist::semantics {
namespace {
using Names = std::set<std::string>;
using Edges = std::map<std::string, Names>;

// Returns the edges between units of the order alone.
Edges edges_of(const BootOrder& order, std::vector<std::string> OrderedUnit::*which) {
  Edges out;
  for (const auto& [name, unit] : order) {
    Names& others = out[name];
    for (const std::string& other : unit.*which) {
      if (other != name && order.contains(other)) {
        others.insert(other);
      }
    }
  }
  return out;
}

Edges inverted(const Edges& edges) {
  Edges out;
  for (const auto& [name, others] : edges) {
    out.try_emplace(name);
    for (const std::string& other : others) {
      out[other].insert(name);
    }
  }
  return out;
}

// Removes all units without edges to others, and those that have none left then.
void peel(Edges& edges) {
  const Edges back = inverted(edges);
  std::vector<std::string> ready;
  for (const auto& [name, others] : edges) {
    if (others.empty()) {
      ready.push_back(name);
    }
  }
  while (!ready.empty()) {
    const std::string name = std::move(ready.back());
    ready.pop_back();
    edges.erase(name);
    for (const std::string& other : back.at(name)) {
      const auto at = edges.find(other);
      if (at != edges.end() && at->second.erase(name) > 0 && at->second.empty()) {
        ready.push_back(other);
      }
    }
  }
}

// Returns all units that can be reached from these, with these.
Names reached(const Edges& edges, const Names& from) {
  Names out = from;
  std::vector<std::string> open(from.begin(), from.end());
  while (!open.empty()) {
    const auto at = edges.find(open.back());
    open.pop_back();
    for (const std::string& other : at != edges.end() ? at->second : Names{}) {
      if (out.insert(other).second) {
        open.push_back(other);
      }
    }
  }
  return out;
}

Names common(const Names& one, const Names& other) {
  Names out;
  std::ranges::set_intersection(one, other, std::inserter(out, out.end()));
  return out;
}

// Returns groups of units that can all be reached from each other.
std::vector<Names> knots(const Edges& forth) {
  const Edges back = inverted(forth);
  std::vector<Names> out;
  Names seen;
  for (const auto& [name, others] : forth) {
    if (seen.contains(name)) {
      continue;
    }
    Names knot = common(reached(forth, {name}), reached(back, {name}));
    seen.insert(knot.begin(), knot.end());
    if (knot.size() > 1) {
      out.push_back(std::move(knot));
    }
  }
  return out;
}
}  // namespace

std::vector<BootCycle> boot_cycles(const BootOrder& order, const std::string& target) {
  Edges after = edges_of(order, &OrderedUnit::after);
  peel(after);
  Edges before = inverted(after);
  peel(before);
  after = inverted(before);
  if (after.empty()) {
    return {};
  }
  const Edges needs = edges_of(order, &OrderedUnit::needs);
  const Names needed = reached(needs, {target});
  const Edges needed_by = inverted(needs);
  std::vector<BootCycle> out;
  for (const Names& knot : knots(after)) {
    BootCycle cycle;
    Names free;
    std::ranges::set_difference(knot, needed, std::inserter(free, free.end()));
    const Names dropped = free.empty() ? knot : reached(needed_by, free);
    cycle.may_drop.assign(dropped.begin(), dropped.end());
    for (const std::string& name : knot) {
      const Names within = common(after.at(name), knot);
      cycle.after.emplace(name, std::vector<std::string>(within.begin(), within.end()));
    }
    out.push_back(std::move(cycle));
  }
  return out;
}
}  // namespace checklist::semantics
