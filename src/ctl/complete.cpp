// SPDX-License-Identifier: MIT
#include "ctl/complete.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include <CLI/CLI.hpp>
#include <pwd.h>

#include "checklist/check.hpp"

#include "ctl/check_names.hpp"
#include "ctl/link/known_units.hpp"
#include "ctl/output.hpp"
#include "ctl/units.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::ctl {
namespace {
using Words = std::vector<std::string>;

bool contains(const Words& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

Words commands(const CLI::App& app) {
  Words out;
  for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!each->get_group().empty()) {  // hidden
      out.push_back(each->get_name());
    }
  }
  return out;
}

Words option_names(const CLI::App& command) {
  Words out;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      out.push_back("--" + name);
    }
  }
  return out;
}

Words checks(const std::string& command, const Words& words) {
  const bool of_host = contains(words, "--host");
  const bool of_any = command == "explain" && words.size() == 2;  // the page of the check
  Words out = of_host ? Words{} : names_in(all_checks());
  if (of_host || of_any) {
    std::ranges::move(names_in(all_host_checks()), std::back_inserter(out));
  }
  return out;
}

// Returns the users whose service managers run.
Words users() {
  Words out;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/run/user", ignored)) {
    const auto uid = semantics::number<uid_t>(entry.path().filename().string());
    const passwd* user = uid ? ::getpwuid(*uid) : nullptr;
    if (user != nullptr) {
      out.emplace_back(user->pw_name);
    }
  }
  return out;
}

Words units(const Words& words) {
  DaemonOptions options;
  options.user = contains(words, "--user");
  return names_of_units(known_units(options), own_manager(options.user));
}

// Returns the values of an argument by the name that help shows for it.
Words values_of(const std::string& kind, const std::string& command, const Words& words) {
  if (kind == "UNIT" && !(command == "ack" && contains(words, "--host"))) {
    Words out = units(words);
    if (command == "explain") {
      std::ranges::move(checks(command, words), std::back_inserter(out));
    }
    return out;
  }
  if (kind == "UNIT" || kind == "CHECK") {
    return checks(command, words);
  }
  if (kind == "USER") {
    return users();
  }
  if (kind == "FORMAT") {
    Words out;
    std::ranges::transform(names<Format>, std::back_inserter(out),
                           [](const auto& each) { return std::string(each.second); });
    return out;
  }
  return {};
}

// Returns the option whose value the word is; nullptr if it is none.
const CLI::Option* option_before(const CLI::App& command, const std::string& previous) {
  const CLI::Option* option =
      previous.starts_with('-') ? command.get_option_no_throw(previous) : nullptr;
  return option != nullptr && option->get_items_expected_max() > 0 ? option : nullptr;
}

std::string kind_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  return type.substr(0, type.find(':'));
}

// Returns the positional argument at that place; the last one may be repeated.
std::string positional_at(const CLI::App& command, std::size_t place) {
  std::string out;
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional() && (out.empty() || place-- > 0)) {
      out = option->get_name();
    }
  }
  return out;
}

Words candidates(const CLI::App& command, const Words& words) {
  const std::string& current = words.back();
  const std::string name = command.get_name();
  const auto equals = current.find('=');
  if (current.starts_with("--") && equals != std::string::npos) {
    const CLI::Option* option = command.get_option_no_throw(current.substr(0, equals));
    Words out = option != nullptr ? values_of(kind_of(*option), name, words) : Words{};
    std::ranges::for_each(out, [&](std::string& each) { each.insert(0, current, 0, equals + 1); });
    return out;
  }
  if (current.starts_with('-')) {
    return option_names(command);
  }
  if (const CLI::Option* option = option_before(command, words[words.size() - 2])) {
    return values_of(kind_of(*option), name, words);
  }
  std::size_t place = 0;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    if (!words[i].starts_with('-') && option_before(command, words[i - 1]) == nullptr) {
      ++place;
    }
  }
  return values_of(positional_at(command, place), name, words);
}
}  // namespace

std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words) {
  if (words.empty()) {
    return commands(app);
  }
  Words out;
  if (words.size() == 1) {
    out = words[0].starts_with('-') ? option_names(app) : commands(app);
  } else if (contains(commands(app), words[0])) {
    out = candidates(*app.get_subcommand(words[0]), words);
  }
  std::erase_if(out, [&words](const std::string& each) { return !each.starts_with(words.back()); });
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}
}  // namespace checklist::ctl
