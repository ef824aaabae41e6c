// SPDX-License-Identifier: MIT
// RuntimeDirectory= and its like of a running service that are gone.
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "checks/definition/next_start.hpp"
#include "checks/earlier/earlier_life.hpp"
#include "checks/earlier/running.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

// The child of a Type=simple service makes them after the service became active.
constexpr Duration time_to_make = 5s;

constexpr std::array<std::pair<const char*, const char*>, 5> places{
    {{"RuntimeDirectory", "/run/"},
     {"StateDirectory", "/var/lib/"},
     {"CacheDirectory", "/var/cache/"},
     {"LogsDirectory", "/var/log/"},
     {"ConfigurationDirectory", "/etc/"}}};

// Returns the place of the runtime directories; those of a user's manager are the user's own. Its
// other directories depend on its environment.
std::optional<std::string> place_of(View& see, const std::string& directive,
                                    const std::string& place) {
  if (see.spec().user.empty()) {
    return place;
  }
  const auto& accounts = see[AccountsKey{}];
  const auto at = accounts ? accounts->users.find(see.spec().user)
                           : std::map<std::string, User>::const_iterator{};
  if (directive != "RuntimeDirectory" || !accounts || at == accounts->users.end()) {
    return std::nullopt;
  }
  return "/run/user/" + std::to_string(at->second.uid) + "/";
}

std::string remedy(View& see, const std::string& directive) {
  const std::string restart = restart_advice(see);
  return directive == "RuntimeDirectory"
             ? restart +
                   "; if another unit has the same RuntimeDirectory=, set "
                   "RuntimeDirectoryPreserve=yes there"
             : restart + ", after its contents are restored";
}
}  // namespace

Findings missing_directories(View& see) {
  const auto entered = see.moment("ActiveEnterTimestampMonotonic");
  if (!is_running_service(see) || !entered || !see.passed(*entered + time_to_make)) {
    return {};
  }
  Findings out;
  for (const auto& [directive, usual] : places) {
    const auto place = place_of(see, directive, usual);
    for (const std::string& name : place ? see.list(directive) : std::vector<std::string>()) {
      const std::string path = *place + name;
      const auto& file = see[FileKey{path}];
      if (file && file->type == "missing") {
        out.push_back(fail({.subject = path,
                            .reason = "directory_missing",
                            .expected = "exists, by " + std::string(directive) + "=",
                            .observed = "missing: it was removed while the service runs",
                            .hint = remedy(see, directive)}));
      }
    }
  }
  return out;
}
}  // namespace checklist::checks
