// SPDX-License-Identifier: MIT
#include "ctl/units.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fnmatch.h>
#include <pwd.h>
#include <unistd.h>

#include "checklist/params/error.hpp"
#include "checklist/params/schema.hpp"

#include "render/label.hpp"
#include "semantics/text/sentence.hpp"
#include "semantics/unit/spec_name.hpp"

namespace checklist::ctl {
namespace {
bool is_pattern(const std::string& word) {
  return word.find_first_of("*?[") != std::string::npos;
}

std::string unmatched(const std::string& word, const std::vector<std::string>& known) {
  const std::string shown = "'" + render::printable(word) + "'";
  if (known.empty()) {
    return "no spec for " + shown + ": there are no specs";
  }
  return is_pattern(word)
             ? "no spec matches " + shown
             : "no spec for " + shown + ": " + suggestion(word, {known.begin(), known.end()});
}

// Returns the units that begin with the word, each once.
std::vector<std::string> units_beginning_with(const std::string& word,
                                              const std::vector<std::string>& known) {
  std::vector<std::string> out;
  for (const std::string& unit : known) {
    if (unit.starts_with(word) && std::ranges::find(out, unit) == out.end()) {
      out.push_back(unit);
    }
  }
  return out;
}
}  // namespace

std::string unit_name(const std::string& word) {
  return is_pattern(word) || word.find('.') != std::string::npos ? word : word + ".service";
}

Selection select_units(const std::vector<std::string>& arguments,
                       const std::vector<std::string>& known) {
  Selection out;
  for (const std::string& argument : arguments) {
    const std::string word = unit_name(argument);
    const auto before = out.units.size();
    std::ranges::copy_if(known, std::back_inserter(out.units), [&word](const std::string& unit) {
      return is_pattern(word) ? ::fnmatch(word.c_str(), unit.c_str(), FNM_PATHNAME) == 0
                              : word == unit;
    });
    if (out.units.size() != before) {
      continue;
    }
    const auto beginning =
        is_pattern(word) ? std::vector<std::string>{} : units_beginning_with(argument, known);
    if (beginning.size() == 1) {
      out.units.push_back(beginning.front());
    } else if (beginning.empty()) {
      out.errors.push_back(unmatched(word, known));
    } else {
      out.errors.push_back("'" + render::printable(argument) +
                           "' is ambiguous: " + semantics::enumerated(beginning));
    }
  }
  return out;
}

std::vector<std::string> names_of_units(const Report& report, const std::string& manager) {
  std::vector<std::string> out;
  for (const auto& service : report.services) {
    out.push_back(service->unit);
    if (service->manager != manager) {
      out.push_back(semantics::row_spec_name(*service, manager));
    }
  }
  return out;
}

void keep(Report& report, const std::vector<std::string>& units, const std::string& manager) {
  if (units.empty()) {
    return;
  }
  const auto is_named = [&units](const std::string& name) {
    return std::ranges::find(units, name) != units.end();
  };
  std::erase_if(report.services, [&](const auto& service) {
    return !is_named(service->unit) && !is_named(semantics::row_spec_name(*service, manager));
  });
  report.host.reset();
}

void add_units(CLI::App& command, std::vector<std::string>& units) {
  command.add_option(
      "UNIT", units,
      "Units: without .service, by their first letters, or as patterns such as 'ollama*' (default: "
      "all)");
}

std::string own_account() {
  const passwd* me = getpwuid(getuid());
  return me != nullptr ? me->pw_name : "";
}

std::string own_manager(bool user) {
  const std::string account = user ? own_account() : "";
  return account.empty() ? "system" : "user:" + account;
}
}  // namespace checklist::ctl
