// SPDX-License-Identifier: MIT
#include "observe/unit_files/definition_observer.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "bus/object_path.hpp"
#include "observe/shortage.hpp"
#include "semantics/unit/unit_files.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
// A look stats the files of every unit, and one write to a directory of unit files causes several.
constexpr Duration storm_interval = 500ms;
constexpr unsigned storm_burst = 2;
constexpr Duration until_again = 1s;  // when a file could not be read

template <class T>
T first_value(const bus::Reply& reply) {
  const auto* value = at<T>(reply.body, 0);
  return value != nullptr ? *value : T{};
}
}  // namespace

DefinitionObserver::DefinitionObserver(event::Loop& loop, Systemd& systemd, Put<DefinitionKey> put,
                                       std::string root)
    : loop_(loop),
      systemd_(systemd),
      put_(std::move(put)),
      root_(std::move(root)),
      soon_(loop.rate_limited(event::Priority::io, storm_interval, storm_burst,
                              [this] { look_at_files(); })),
      later_(loop.timer([this] {
        due_.reset();
        look_at_files();
      })),
      search_(loop, root_, [this] { soon_.arm(); }) {
  systemd_.attach(*this);
}

void DefinitionObserver::search_path(std::vector<std::string> directories) {
  if (search_.search_path(std::move(directories))) {
    resync();
  }
}

void DefinitionObserver::restore(const std::string& boot_id,
                                 const std::map<std::string, store::KeptRecord>& kept) {
  same_boot_ = boot_id == boot_.id;
  for (const auto& [unit, record] : kept) {
    if (record.definition) {
      kept_[unit] = *record.definition;
    }
  }
}

void DefinitionObserver::add_kept(std::map<std::string, store::KeptRecord>& records) const {
  for (const auto& [unit, followed] : followed_) {
    if (followed.loaded.is_initialised()) {
      records[unit].definition = followed.loaded.kept();
    }
  }
}

void DefinitionObserver::follow(const std::set<DefinitionKey>& keys) {
  std::erase_if(followed_, [&keys](const auto& entry) { return !keys.contains({entry.first}); });
  for (const DefinitionKey& key : keys) {
    if (semantics::name_error(key.unit)) {
      put_(key, Unseen{"unsupported", "'" + key.unit + "' is not a unit name", ""});
    } else if (followed_.try_emplace(key.unit).second) {
      ask(key.unit);
    }
  }
  if (systemd_.lost()) {
    gone(*systemd_.lost());
  }
}

void DefinitionObserver::gone(const Unseen& why) {
  for (const auto& [unit, followed] : followed_) {
    put_({unit}, why);
  }
}

void DefinitionObserver::calls_dropped() {
  for (auto& [unit, followed] : followed_) {
    followed.is_asked = followed.ask_again = false;
  }
}

void DefinitionObserver::resync() {
  ask_manager();
  search_.look_again();
  look_again();
}

void DefinitionObserver::look_again() {
  for (const auto& [unit, followed] : followed_) {
    ask(unit);
  }
}

// Replies arrive in the order of the queries: these before those about units.
void DefinitionObserver::ask_manager() {
  if (!systemd_.up()) {
    return;
  }
  for (const char* load : {"UnitsLoadFinishTimestampMonotonic", "UnitsLoadTimestampMonotonic"}) {
    systemd_.get(manager_path, manager_interface, load, [this](const bus::Reply& reply) {
      loaded_at_ = std::max(loaded_at_, first_value<std::uint64_t>(reply));
    });
  }
}

void DefinitionObserver::ask(const std::string& unit) {
  if (!systemd_.up() || !search_.is_known()) {
    return;  // resync() follows
  }
  Followed& followed = followed_.at(unit);
  if (std::exchange(followed.is_asked, true)) {
    followed.ask_again = true;
    return;
  }
  const auto get = [this, path = bus::escaped_path(units_path, unit), unit](const char* property,
                                                                            auto into) {
    systemd_.get(path, unit_interface, property, [this, unit, into](const bus::Reply& reply) {
      if (const auto at = followed_.find(unit); at != followed_.end()) {
        into(at->second, reply);
      }
    });
  };
  using bus::Reply;
  get("Id",
      [](Followed& of, const Reply& reply) { of.paths.id = first_value<std::string>(reply); });
  get("Names",
      [](Followed& of, const Reply& reply) { of.paths.names = texts(first_value<Values>(reply)); });
  get("FragmentPath", [](Followed& of, const Reply& reply) {
    of.paths.fragment = first_value<std::string>(reply);
  });
  get("DropInPaths", [](Followed& of, const Reply& reply) {
    of.paths.drop_ins = texts(first_value<Values>(reply));
  });
  get("SourcePath",
      [](Followed& of, const Reply& reply) { of.paths.source = first_value<std::string>(reply); });
  get("NeedDaemonReload",
      [](Followed& of, const Reply& reply) { of.reload_needed = first_value<bool>(reply); });
  get("InactiveExitTimestampMonotonic", [this, unit](Followed& of, const Reply& reply) {
    of.paths.run_began = first_value<std::uint64_t>(reply);
    take(unit, reply);
  });
}

void DefinitionObserver::take(const std::string& unit, const bus::Reply& last) {
  Followed& followed = followed_.at(unit);
  followed.is_asked = false;
  if (last.error.empty()) {
    UnitPaths& paths = followed.paths;
    std::erase(paths.names, paths.id);
    paths.names.insert(paths.names.begin(), paths.id);
    try {
      settle(unit, followed);
      followed.is_unread = false;
    } catch (const Shortage& shortage) {
      followed.is_unread = true;
      put_({unit}, shortage.unseen());
      look_at(loop_.now() + until_again);
    }
  } else {
    put_({unit}, Unseen{"bus", "cannot query the unit files of " + unit + ": " + last.message, ""});
  }
  if (std::exchange(followed.ask_again, false)) {
    ask(unit);
  }
}

LoadContext DefinitionObserver::context() const {
  return {.root = root_,
          .search = search_,
          .loaded_at = loaded_at_,
          .now = loop_.now(),
          .wall = std::chrono::floor<Duration>(std::chrono::system_clock::now()),
          .boot_began = boot_.began};
}

void DefinitionObserver::settle(const std::string& unit, Followed& followed) {
  const bool is_first = !followed.loaded.is_initialised();
  const bool is_alone = followed.loaded.is_loaded_alone();
  const auto kept = kept_.find(unit);
  const LoadContext now = context();
  const auto before = followed.loaded.kept();
  followed.loaded.take(
      followed.paths,
      {.kept = kept != kept_.end() ? &kept->second : nullptr, .same_boot = same_boot_}, now);
  changes_ += followed.loaded.kept() != before || is_first ? 1U : 0U;
  const bool is_new_load = is_alone || followed.loaded.kept().loaded_at != before.loaded_at;
  followed.put.loaded = followed.loaded.files();
  followed.put.changed = followed.loaded.changed();
  Difference difference{.on_disk = followed.loaded.on_disk(followed.paths, now),
                        .reload_needed = followed.reload_needed};
  const bool is_none = difference.on_disk == followed.put.loaded && !difference.reload_needed;
  if (is_first || is_none) {
    followed.suspected.reset();
    followed.update(std::move(difference));
  } else {
    if (is_new_load) {
      followed.update({.on_disk = followed.put.loaded});
    }
    suspect(followed, std::move(difference));
  }
  watch(unit, followed);
  put_({unit}, followed.put);
}

void DefinitionObserver::look_at(TimePoint moment) {
  if (!due_ || moment < *due_) {
    due_ = moment;
    later_.arm_at(moment);
  }
}

// The previous result stays until a difference has lasted.
void DefinitionObserver::suspect(Followed& followed, Difference difference) {
  if (followed.suspected != difference) {
    followed.suspected = std::move(difference);
    followed.suspected_at = loop_.now();
  }
  if (loop_.now() >= followed.doubt_ends()) {
    followed.update(*followed.suspected);
  } else {
    look_at(followed.doubt_ends());
  }
}

// PID 1 judges the source of a generated unit: by NeedDaemonReload.
void DefinitionObserver::watch(const std::string& unit, Followed& followed) {
  auto paths = followed.paths.all();
  const std::string& source = paths.emplace_back(followed.paths.source);
  std::erase_if(followed.watches, [&paths](const auto& entry) {
    return std::ranges::find(paths, entry.first) == paths.end();
  });
  for (const std::string& path : paths) {
    auto& watch = followed.watches[path];
    if (!watch && !path.empty() && !semantics::is_generated(path)) {
      const auto changed = [this, unit, asks = path == source] { asks ? ask(unit) : soon_.arm(); };
      watch = std::make_unique<SymlinkChainWatch>(loop_, root_ + path, changed);
    }
  }
}

// Queries systemd only about units whose result may differ from the last one put. A difference that
// is known is queried again when it has lasted long enough, and not at every event until then.
void DefinitionObserver::look_at_files() {
  const LoadContext now = context();
  for (auto& [unit, followed] : followed_) {
    if (!followed.loaded.is_initialised() || followed.is_unread) {
      ask(unit);
      continue;
    }
    const auto on_disk = followed.loaded.on_disk(followed.paths, now);
    const bool is_known = followed.is_in_doubt() && followed.suspected->on_disk == on_disk;
    if (is_known && loop_.now() < followed.doubt_ends()) {
      look_at(followed.doubt_ends());
    } else if (followed.is_in_doubt() || on_disk != followed.put.on_disk) {
      ask(unit);
    }
  }
}

void DefinitionObserver::unit_loaded_or_unloaded(const std::string& unit) {
  for (auto& [name, followed] : followed_) {
    if (followed.paths.id == unit || name == unit) {
      followed.loaded.loaded_alone();
    }
  }
}

// A new invocation of a unit that was loaded for it.
void DefinitionObserver::unit_changed(const std::string& unit, const std::string& interface,
                                      const Dict& changed, const Values& /*invalidated*/) {
  const auto invocation = changed.find("InvocationID");
  if (interface != unit_interface || invocation == changed.end()) {
    return;
  }
  for (auto& [name, followed] : followed_) {
    const bool is_it = followed.paths.id == unit || name == unit;
    if (is_it && std::exchange(followed.invocation, invocation->second) != invocation->second &&
        followed.loaded.is_loaded_alone()) {
      ask(name);
    }
  }
}
}  // namespace checklist::observe
