// SPDX-License-Identifier: MIT
#include "observe/journal/journal_access.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <systemd/sd-id128.h>
#include <unistd.h>

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;
constexpr std::array<const char*, 2> parents{"/var/log/journal/", "/run/log/journal/"};
constexpr std::size_t most_files = 2000;  // each takes a descriptor of every reader
constexpr auto join_group = "add the user that checklistd runs as to the group systemd-journal";

std::string machine_id() {
  sd_id128_t id{};
  std::array<char, SD_ID128_STRING_MAX> text{};
  return ::sd_id128_get_machine(&id) < 0 ? std::string()
                                         : std::string(::sd_id128_to_string(id, text.data()));
}

// libsystemd reads /etc/machine-id once, so a journal below another name is not found until the
// process is started again. journald goes on below the previous name until it is, too.
bool has_moved() {
  std::ifstream file("/etc/machine-id");
  std::string written;
  std::getline(file, written);
  return !written.empty() && written != machine_id() &&
         std::ranges::any_of(parents, [&written](const char* parent) {
           return ::access((parent + written).c_str(), F_OK) == 0;
         });
}

// Matches "system.journal" and the rotated files "system@….journal".
bool is_of(const std::string& file, const std::string& who) {
  const bool is_named = file.starts_with(who + ".") || file.starts_with(who + "@");
  return is_named && file.ends_with(".journal");
}

struct Reach {
  bool of_system = false;
  bool of_user = false;
  std::string denied;  // a path
};

void look_into(const std::string& directory, const JournalPlace& place, Reach& reach) {
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    const std::string file = at->path().filename();
    const bool of_user = place.user && is_of(file, "user-" + std::to_string(*place.user));
    if (!of_user && !is_of(file, "system")) {
      continue;
    }
    if (::access(at->path().c_str(), R_OK) == 0) {
      (of_user ? reach.of_user : reach.of_system) = true;
    } else {
      reach.denied = at->path();
    }
  }
  if (error) {
    reach.denied = directory;
  }
}
}  // namespace

std::vector<std::string> journal_directories(const JournalPlace& place) {
  std::vector<std::string> all;
  if (!place.directory.empty()) {
    all.push_back(place.directory);
  } else if (const std::string id = machine_id(); !id.empty() && !has_moved()) {
    for (const char* parent : parents) {
      all.push_back(parent + id);
    }
  }
  std::erase_if(all, [](const std::string& directory) {
    return ::access(directory.c_str(), F_OK) != 0 && errno != EACCES;
  });
  return all;
}

std::optional<Unseen> why_too_large(const std::vector<std::string>& directories) {
  std::size_t files = 0;
  for (const std::string& directory : directories) {
    std::error_code error;
    for (fs::directory_iterator at(directory, error), end; !error && at != end;
         at.increment(error)) {
      const std::string file = at->path().filename();
      files += file.ends_with(".journal") || file.ends_with(".journal~") ? 1U : 0U;
    }
  }
  return files <= most_files
             ? std::nullopt
             : std::optional(Unseen{"unsupported",
                                    "the journal has " + std::to_string(files) +
                                        " files, and checklistd reads at most " +
                                        std::to_string(most_files),
                                    "run `journalctl --rotate --vacuum-files=100`"});
}

std::optional<Unseen> why_unreadable(const JournalPlace& place) {
  if (place.directory.empty() && machine_id().empty()) {
    return Unseen{"unsupported", "cannot locate the journal: no /etc/machine-id",
                  "run `systemd-machine-id-setup`"};
  }
  if (place.directory.empty() && has_moved()) {
    return Unseen{
        "unsupported", "/etc/machine-id was changed: the journal goes on in another directory",
        std::string("run `systemctl ") + (place.user ? "--user " : "") + "restart checklistd`"};
  }
  const auto directories = journal_directories(place);
  if (directories.empty()) {
    return Unseen{"unsupported", "no journal on this machine",
                  "set Storage= in journald.conf(5) to a value other than none"};
  }
  if (const auto why = why_too_large(directories)) {
    return why;
  }
  Reach reach;
  for (const std::string& directory : directories) {
    look_into(directory, place, reach);
  }
  if (reach.of_system || reach.of_user || reach.denied.empty()) {
    return std::nullopt;
  }
  return Unseen{"permission", "cannot read " + reach.denied + ": permission denied", join_group};
}
}  // namespace checklist::observe
