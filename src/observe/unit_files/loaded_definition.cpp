// SPDX-License-Identifier: MIT
#include "observe/unit_files/loaded_definition.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <set>

#include "semantics/unit/unit_files.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

std::string file_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

// Returns a file that differs from the one on disk, with unknown contents.
DefinitionFile unlike(const DefinitionFile& on_disk) {
  DefinitionFile out;
  out.path = on_disk.path;
  return out;
}

template <class Files>
auto by_path(Files& files, const std::string& path) {
  return std::ranges::find(files, path, &DefinitionFile::path);
}

// Returns nothing if the time is unknown: files or symlinks are newer than the running process, and
// their previous state was not observed.
std::optional<TimePoint> first_change(const UnitPaths& paths, const PreviousDefinition& previous,
                                      const DefinitionLook& look, const LoadContext& context) {
  const TimePoint newest = context.moment(std::max(look.files_changed, look.links_changed));
  const auto* kept = previous.kept;
  if (kept != nullptr && previous.same_boot) {
    const bool is_same = kept->digest == look.digest || kept->loaded_at == context.loaded_at;
    const auto before = kept->changed ? std::optional(TimePoint{*kept->changed}) : std::nullopt;
    return is_same ? before : std::min(newest, monotonic(context.loaded_at));
  }
  if (kept != nullptr) {
    return kept->digest == look.digest ? context.boot_began - 1us : newest;
  }
  return !is_set(paths.run_began) || newest < monotonic(paths.run_began) ? std::optional(newest)
                                                                         : std::nullopt;
}
}  // namespace

std::vector<std::string> UnitPaths::all() const {
  std::vector<std::string> out;
  if (!fragment.empty()) {
    out.push_back(fragment);
  }
  out.insert(out.end(), drop_ins.begin(), drop_ins.end());
  return out;
}

TimePoint LoadContext::moment(WallTime of) const {
  return of > wall ? boot_began - 1us : now - (wall - of);
}

void LoadedDefinition::take(const UnitPaths& paths, const PreviousDefinition& previous,
                            const LoadContext& context) {
  const DefinitionLook look = look_at_definition(context.root, paths.all());
  const bool is_reloaded = loaded_at_ != context.loaded_at;
  if (!loaded_at_) {
    initialise(paths, previous, look, context);
  } else if (is_reloaded || is_loaded_alone_) {
    if (look.digest != digest_) {  // a unit loaded alone has no process yet
      replace(look.digest,
              is_reloaded ? monotonic(context.loaded_at)
                          : context.moment(std::max(look.files_changed, look.links_changed)),
              paths);
    }
    store_files(paths, look, context);
  } else {
    extend(look);
  }
  loaded_at_ = context.loaded_at;
  is_loaded_alone_ = false;
}

// If a change is reverted, processes started under that definition keep its earlier change time.
void LoadedDefinition::replace(std::uint64_t digest, TimePoint at, const UnitPaths& paths) {
  constexpr std::size_t most_previous = 8;
  previous_.push_front({.digest = digest_, .changed = changed_, .over = at});
  previous_.resize(std::min(previous_.size(), most_previous));
  changed_ = at;
  if (!is_set(paths.run_began)) {
    return;
  }
  const TimePoint began = monotonic(paths.run_began);
  const auto previous = std::ranges::find_if(previous_, [&](const Previous& each) {
    return each.digest == digest && began < each.over && (!each.changed || *each.changed <= began);
  });
  if (previous != previous_.end()) {
    changed_ = previous->changed;
  }
}

// The first look of this process. Files that changed after the last load differ from the loaded
// ones: detected by a symlink created since then, or by a digest that differs from the previous
// process's record. The ctime of a file itself is no evidence: chmod(2) changes it, too.
void LoadedDefinition::initialise(const UnitPaths& paths, const PreviousDefinition& previous,
                                  const DefinitionLook& look, const LoadContext& context) {
  store_files(paths, look, context);
  changed_ = first_change(paths, previous, look, context);
  const auto* kept = previous.kept;
  const bool is_of_this_load =
      kept != nullptr && previous.same_boot && kept->loaded_at == context.loaded_at;
  if (is_loaded_alone_ || (is_of_this_load && kept->digest == look.digest)) {
    return;
  }
  if (is_of_this_load) {
    digest_ = kept->digest;
  }
  for (DefinitionFile& file : files_) {
    const auto linked = context.moment(newest_link(context.root + file.path));
    if (is_of_this_load || linked > monotonic(context.loaded_at)) {
      file = unlike(file);
    }
  }
}

void LoadedDefinition::store_files(const UnitPaths& paths, const DefinitionLook& look,
                                   const LoadContext& context) {
  files_ = look.files;
  digest_ = look.digest;
  scanned_.clear();
  std::set<std::string> loaded;
  std::ranges::transform(paths.drop_ins, std::inserter(loaded, loaded.end()), file_name);
  for (const auto& [name, path] : context.search.drop_ins(paths.names)) {
    if (loaded.contains(name)) {
      scanned_.emplace(name, path);
    }
  }
}

// Drop-ins created by `systemctl set-property` are in force at once.
void LoadedDefinition::extend(const DefinitionLook& look) {
  std::vector<DefinitionFile> files;
  for (const DefinitionFile& file : look.files) {
    const auto previous = by_path(files_, file.path);
    files.push_back(previous != files_.end() ? *previous : file);
    if (previous == files_.end()) {
      scanned_.emplace(file_name(file.path), file.path);
    }
  }
  files_ = std::move(files);
}

// Generated files are taken as unchanged: while generators run, they are missing for a moment.
std::vector<DefinitionFile> LoadedDefinition::on_disk(const UnitPaths& paths,
                                                      const LoadContext& context) const {
  std::vector<DefinitionFile> out;
  for (const DefinitionFile& file : files_) {
    out.push_back(semantics::is_generated(file.path) ? file
                                                     : definition_file(context.root, file.path));
  }
  const std::string before = context.search.fragment_before(paths.id, paths.fragment);
  if (!before.empty() && !out.empty()) {
    out.front() = definition_file(context.root, before);
  }
  const auto drop_ins = context.search.drop_ins(paths.names);
  for (const auto& [name, path] : scanned_) {
    const auto now = drop_ins.find(name);
    const auto entry = by_path(out, path);
    const bool is_hidden = now != drop_ins.end() && now->second != path;  // masked or overridden
    if (is_hidden && entry != out.end()) {
      *entry = unlike(*entry);
    }
  }
  for (const auto& [name, path] : drop_ins) {
    const auto previous = scanned_.find(name);
    const bool is_new = previous == scanned_.end() || previous->second != path;
    if (is_new && !path.empty() && by_path(out, path) == out.end()) {
      out.push_back(definition_file(context.root, path));
    }
  }
  return out;
}

store::KeptDefinition LoadedDefinition::kept() const {
  store::KeptDefinition out{.digest = digest_, .loaded_at = loaded_at_.value_or(0)};
  if (changed_) {
    out.changed = std::chrono::floor<Duration>(changed_->time_since_epoch());
  }
  return out;
}
}  // namespace checklist::observe
