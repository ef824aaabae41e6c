// SPDX-License-Identifier: MIT
#include "checks/start/resources.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "checks/definition/exec_command.hpp"
#include "checks/view/fact_reader.hpp"
#include "semantics/text/sentence.hpp"

namespace checklist::checks {
namespace {
using Numbers = std::vector<std::uint32_t>;

constexpr std::int64_t mpol_preferred = 1;  // set_mempolicy(2)
constexpr std::int64_t mpol_bind = 2;
constexpr std::int64_t mpol_interleave = 3;

// Returns the numbers of the bits in a property that is a list of bytes.
Numbers bits_of(FactReader& look, const char* property) {
  const Value* value = look.at(PropertyKey{look.view().unit(), property});
  const auto* bytes = value != nullptr ? value->get<Values>() : nullptr;
  Numbers out;
  std::uint32_t first = 0;
  for (const Value& each : bytes != nullptr ? *bytes : Values{}) {
    const auto* byte = each.get<std::uint64_t>();
    for (std::uint32_t bit = 0; byte != nullptr && bit < 8; ++bit) {
      if ((*byte >> bit & 1U) != 0) {
        out.push_back(first + bit);
      }
    }
    first += 8;
  }
  return out;
}

template <class T>
T property(FactReader& look, const char* name, T otherwise) {
  const Value* value = look.at(PropertyKey{look.view().unit(), name});
  const auto* found = value != nullptr ? value->get<T>() : nullptr;
  return found != nullptr ? *found : otherwise;
}

bool has_any(const Numbers& wanted, const Numbers& there) {
  return there.empty() || std::ranges::any_of(wanted, [&there](std::uint32_t each) {
           return std::ranges::find(there, each) != there.end();
         });
}

Finding refused(const std::string& setting, const char* reason, std::string observed,
                std::string hint) {
  return fail({.subject = setting,
               .reason = reason,
               .expected = "a program can be started with " + setting,
               .observed = std::move(observed) + ": the next start fails",
               .hint = std::move(hint) + " in the unit file"});
}

void judge_processors(const Machine& machine, FactReader& look, Findings& out) {
  const auto cpus = bits_of(look, "CPUAffinity");
  const bool is_by_node = property(look, "CPUAffinityFromNUMA", false);
  if (is_by_node ? cpus.empty() : !cpus.empty() && !has_any(cpus, machine.cpus)) {
    out.push_back(refused("CPUAffinity=", "no_processor",
                          is_by_node ? "NUMAMask= names no processor"
                                     : "this machine has none of the processors that it names",
                          "correct CPUAffinity="));
  }
  const auto policy = property(look, "NUMAPolicy", std::int64_t{-1});
  const auto nodes = bits_of(look, "NUMAMask");
  const bool is_set = policy == mpol_bind || policy == mpol_interleave ||
                      (policy == mpol_preferred && !nodes.empty());
  const bool is_ambiguous = policy == mpol_preferred && nodes.size() > 1;
  if (is_set && (is_ambiguous || !has_any(nodes, machine.nodes))) {
    out.push_back(refused("NUMAMask=", "no_processor",
                          is_ambiguous ? "NUMAPolicy=preferred needs exactly one node"
                                       : "this machine has none of the nodes that it names",
                          "correct NUMAMask="));
  }
}

struct LeastLimit {
  const char* setting;
  const char* property;
  std::uint64_t least;
};

// With less, the smallest program with a dynamic linker does not start: systemd itself needs five
// descriptors, the kernel and ld.so(8) the rest.
constexpr std::uint64_t kib = 1024;
constexpr std::array<LeastLimit, 4> least_limits{{{"LimitNOFILE=", "LimitNOFILESoft", 5},
                                                  {"LimitAS=", "LimitASSoft", 2048 * kib + 1},
                                                  {"LimitDATA=", "LimitDATASoft", 64 * kib + 1},
                                                  {"LimitSTACK=", "LimitSTACKSoft", 8 * kib + 1}}};

void judge_limits(FactReader& look, Findings& out) {
  for (const LeastLimit& each : least_limits) {
    const auto limit = property(look, each.property, UINT64_MAX);
    if (limit < each.least) {
      out.push_back(refused(each.setting, "limit_too_low",
                            "it is " + std::to_string(limit) + ", too little for any program",
                            std::string("raise ") + each.setting));
    }
  }
}

// What execve(2) and ld.so(8) call before a program does anything.
constexpr std::array needed_calls{"execve", "mmap", "mprotect", "openat", "read", "close"};

// A row is (whether the calls are allowed, or else denied; their names, maybe with ":errno").
void judge_system_calls(FactReader& look, Findings& out) {
  const Value* value = look.at(PropertyKey{look.view().unit(), "SystemCallFilter"});
  const auto* row = value != nullptr ? value->get<Values>() : nullptr;
  const auto* is_allowed = row != nullptr && row->size() == 2 ? (*row)[0].get<bool>() : nullptr;
  const auto* list = is_allowed != nullptr ? (*row)[1].get<Values>() : nullptr;
  if (list == nullptr || (list->empty() && !*is_allowed)) {
    return;
  }
  std::set<std::string> names;
  for (const std::string& each : texts(*list)) {
    names.insert(each.substr(0, each.find(':')));
  }
  std::vector<std::string> denied;
  for (const char* each : needed_calls) {
    if (names.contains(each) != *is_allowed) {
      denied.emplace_back(each);
    }
  }
  if (!denied.empty()) {
    out.push_back(
        refused("SystemCallFilter=", "system_call_denied",
                "it denies " + semantics::enumerated(denied) + ", without which no program starts",
                "allow " + semantics::enumerated(denied) + " in SystemCallFilter="));
  }
}
}  // namespace

Findings unusable_resources(View& see) {
  FactReader look(see);
  Findings out;
  const Machine* machine = look.at(MachineKey{});
  judge_processors(machine != nullptr ? *machine : Machine{}, look, out);
  // Commands with the prefix "+" have neither limits nor filters.
  if (least_privileges(start_commands(look)) != Privileges::unlimited) {
    judge_limits(look, out);
    judge_system_calls(look, out);
  }
  if (look.gap()) {
    out.push_back(unknown("resources", "what the next start may use is known", *look.gap()));
  }
  return out;
}
}  // namespace checklist::checks
