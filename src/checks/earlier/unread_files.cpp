// SPDX-License-Identifier: MIT
// Environment files and credentials that changed after the service was started: systemd reads them
// only then.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "checks/definition/next_start.hpp"
#include "checks/earlier/earlier_life.hpp"
#include "checks/earlier/running.hpp"
#include "checks/state/unit_process.hpp"
#include "checks/view/epoch.hpp"
#include "checks/view/file_behind.hpp"
#include "semantics/files/file_rules.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

// The time of the start is converted between two clocks.
constexpr Duration tolerance = 1s;

struct Source {
  std::string path;
  std::string directive;
  auto operator<=>(const Source&) const = default;
};

std::set<Source> sources(View& see) {
  constexpr std::array<std::pair<const char*, std::size_t>, 3> properties{
      {{"EnvironmentFiles", 0}, {"LoadCredential", 1}, {"LoadCredentialEncrypted", 1}}};
  std::set<Source> out;
  for (const auto& [property, column] : properties) {
    for (const Value& row : see.property<Values>(property).value_or(Values{})) {
      const auto* pair = row.get<Values>();
      const auto* path =
          pair != nullptr && pair->size() == 2 ? (*pair)[column].get<std::string>() : nullptr;
      if (path != nullptr && semantics::is_plain_path(*path) && !semantics::is_glob(*path)) {
        out.insert({*path, column == 0 ? "EnvironmentFile" : property});
      }
    }
  }
  return out;
}

// Managers of secrets write all files below /run again, with the same contents, whenever one of
// them changes; times tell nothing there, nor in a store.
bool tells_by_time(const std::string& path) {
  constexpr std::array<std::string_view, 5> places{"/run/", "/nix/", "/gnu/", "/proc/", "/dev/"};
  return std::ranges::none_of(places, [&path](auto each) { return path.starts_with(each); });
}

Observed<FileStatus> file_of(View& see, const std::string& path) {
  const auto& file = see[FileKey{path}];
  const std::string target = file && file->type == "symlink" ? file->target : path;
  return tells_by_time(target) ? file_behind(see, path)
                               : Observed<FileStatus>(Unseen{"unsupported", "", ""});
}

bool is_younger(const FileStatus& file, WallTime epoch, TimePoint start) {
  return TimePoint{file.modified - epoch} > start + tolerance;
}
}  // namespace

Findings unread_files(View& see) {
  const auto process = is_running_service(see) ? unit_process(see) : Observed<UnitProcess>();
  if (!process || process->pid == 0 || !process->started) {
    return {};
  }
  Findings out;
  FactReader look(see);
  for (const Source& source : sources(see)) {
    const auto file = file_of(see, source.path);
    const auto& epoch = see[WallClockKey{}];
    if (!file || !epoch || file->type != "regular" ||
        !is_younger(*file, *epoch, *process->started)) {
      continue;
    }
    // If the clock went back since the start, the file seems younger than it is.
    const auto at_start = epoch_at(look, see.unit(), "ExecMainStart");
    if (at_start && !is_younger(*file, *at_start, *process->started)) {
      continue;
    }
    out.push_back(fail({.subject = source.path,
                        .reason = "not_read",
                        .expected = "unchanged since the start, for " + source.directive + "=",
                        .observed = "changed after the start: the process has the previous one",
                        .hint = restart_advice(see)}));
  }
  return out;
}
}  // namespace checklist::checks
