// SPDX-License-Identifier: MIT
#include "checks/definition/runtime_files.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>
#include <string>
#include <string_view>

#include "checks/boot/unit_on_disk.hpp"
#include "checks/view/command.hpp"
#include "checks/view/fact_reader.hpp"
#include "semantics/text/sentence.hpp"
#include "semantics/unit/unit_files.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

// Generators that write outside of the generators' directories, again at each reload.
bool is_of_generator(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);
  return semantics::is_generated(path) || name.find("netplan") != std::string_view::npos ||
         name.starts_with("zzz-lxc-");
}

// Returns whether the file was written while the system booted.
bool is_of_boot(FactReader& look, const std::string& path) {
  const FileStatus* file = look.at(FileKey{path});
  const WallTime* clock = look.at(WallClockKey{});
  const Host* host = look.at(HostKey{});
  if (file == nullptr || clock == nullptr || host == nullptr || !host->began) {
    return false;
  }
  const auto at = [clock](TimePoint moment) { return *clock + moment.time_since_epoch(); };
  return file->modified >= at(*host->began) - 1s &&
         (!host->finished || file->modified <= at(*host->finished));
}

// Returns the keys that a file assigns, without their values: "LimitNOFILE=, Nice=".
std::string settings(View& see, const std::string& path) {
  const auto& file = see[UnitFileKey{path}];
  std::set<std::string> keys;
  if (file) {
    for (const UnitFileEntry& entry : file->directives) {
      keys.insert(entry.key + "=");
    }
  }
  return semantics::enumerated(keys);
}

std::string observed(View& see, FactReader& look, const std::string& path, bool is_fragment) {
  if (is_fragment) {
    const UnitOnDisk next = unit_on_disk(look, see.unit());
    return next.is_there ? "the next boot loads " + next.path + " instead of " + path
                         : path + " does not exist after a reboot";
  }
  const std::string keys = settings(see, path);
  return path + " does not exist after a reboot" + (keys.empty() ? "" : "; it sets " + keys);
}

std::string remedy(const View& see, const std::string& path) {
  const bool is_property = path.find("/system.control/") != std::string::npos ||
                           path.find("/user.control/") != std::string::npos;
  return is_property
             ? "repeat " + systemctl(see, "set-property") + " without --runtime, or remove " +
                   path + " and run " + daemon_reload(see)
             : "move it to " + lasting_directory(see.spec()) + ", or remove it, and run " +
                   daemon_reload(see);
}
}  // namespace

bool is_lost_at_reboot(FactReader& look, const std::string& path) {
  return !semantics::outlasts_reboot(path) && !is_of_generator(path) &&
         !semantics::is_transient(path) && !is_of_boot(look, path);
}

bool is_unit_lost_at_reboot(FactReader& look, const std::string& unit) {
  const std::string fragment = look.text(unit, "FragmentPath");
  return is_lost_at_reboot(look, fragment) && !unit_on_disk(look, unit).is_there;
}

Findings runtime_files(View& see) {
  FactReader look(see);
  const std::string fragment = look.text(see.unit(), "FragmentPath");
  auto paths = look.list(see.unit(), "DropInPaths");
  paths.push_back(fragment);
  Findings out;
  for (const std::string& path : paths) {
    FactReader file(see);
    const bool is_lost = is_lost_at_reboot(file, path);
    if (file.gap()) {
      out.push_back(unknown(path, "exists after a reboot", *file.gap()));
    } else if (is_lost) {
      out.push_back(fail({.subject = path,
                          .reason = "until_reboot",
                          .expected = "exists after a reboot",
                          .observed = observed(see, look, path, path == fragment),
                          .hint = remedy(see, path)}));
    }
  }
  return out;
}
}  // namespace checklist::checks
