// SPDX-License-Identifier: MIT
#include "checks/paths/mount_entries.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "checks/paths/listed_path.hpp"
#include "checks/view/rows.hpp"
#include "semantics/unit/mount_unit.hpp"

namespace checklist::checks {
namespace {
// Returns whether only a sandbox has that entry. Commands with the prefix "+" have no sandbox, but
// systemd gives them ReadWritePaths= all the same.
bool is_of_sandbox(const MountEntry& entry) {
  return entry.mode != EntryMode::bind && entry.mode != EntryMode::tmpfs &&
         entry.mode != EntryMode::readwrite;
}

class EntryReader {
 public:
  EntryReader(FactReader& look, bool has_sandbox, const FollowLinks& follow)
      : look_(look), unit_(look.view().unit()), has_sandbox_(has_sandbox), follow_(follow) {}

  std::vector<MountEntry> take() {
    root_ = look_.text(unit_, "RootDirectory");
    root_ = root_ == "/" ? "" : root_;
    read_lists();
    read_binds();
    for (const Values& row : rows(look_, unit_, "TemporaryFileSystem")) {
      out_.push_back({word(row, 0), EntryMode::tmpfs});
    }
    read_protection();
    if (!has_sandbox_) {
      std::erase_if(out_, is_of_sandbox);
    }
    return mounted(normalized({out_.begin(), out_.end()}));
  }

 private:
  struct Pending : MountEntry {
    explicit(false) Pending(MountEntry entry) : MountEntry(std::move(entry)) {}

    bool is_mounted = false;
  };

  // systemd mounts in the order of the paths. One that leads elsewhere through links is replaced by
  // where it leads, and what is then not mounted yet is compared once more.
  std::vector<MountEntry> mounted(std::vector<Pending> all) const {
    for (;;) {
      Pending* const next = next_of(all);
      if (next == nullptr) {
        return {all.begin(), all.end()};
      }
      std::string target = follow_(next->path);
      if (target == next->path) {
        next->is_mounted = true;
      } else {
        next->path = std::move(target);
        all = normalized(std::move(all));
      }
    }
  }

  static Pending* next_of(std::vector<Pending>& all) {
    Pending* out = nullptr;
    for (Pending& each : all) {
      const bool is_earlier = out == nullptr || is_before(each.path, out->path);
      out = !each.is_mounted && is_earlier ? &each : out;
    }
    return out;
  }

  // Compares by components, as path_compare() of systemd: "/a/b" is before "/a-b".
  static bool is_before(const std::string& a, const std::string& b) {
    const auto rank = [](char c) { return c == '/' ? '\0' : c; };
    return std::ranges::lexicographical_compare(a, b, {}, rank, rank);
  }

  void read_lists() {
    constexpr std::array<std::pair<const char*, EntryMode>, 5> lists{
        {{"ReadWritePaths", EntryMode::readwrite},
         {"ReadOnlyPaths", EntryMode::readonly},
         {"InaccessiblePaths", EntryMode::inaccessible},
         {"ExecPaths", EntryMode::exec},
         {"NoExecPaths", EntryMode::noexec}}};
    for (const auto& [property, mode] : lists) {
      for (const std::string& each : look_.list(unit_, property)) {
        add(each, mode, property);
      }
    }
  }

  void add(const std::string& given, EntryMode mode, const char* property) {
    if (auto listed = listed_path(given, root_)) {
      MountEntry out{std::move(listed->path), mode,
                     listed->may_miss ? "" : std::string(property) + '='};
      if (mode == EntryMode::exec || mode == EntryMode::noexec) {
        out.may_execute = mode == EntryMode::exec;
      }
      out_.push_back(std::move(out));
    }
  }

  // (source, destination, whether it may miss, flags)
  void read_binds() {
    for (const char* property : {"BindPaths", "BindReadOnlyPaths"}) {
      for (const Values& row : rows(look_, unit_, property)) {
        const auto* optional = row.size() > 2 ? row[2].get<bool>() : nullptr;
        const bool may_miss = optional != nullptr && *optional;
        out_.push_back({word(row, 1), EntryMode::bind, may_miss ? "" : std::string(property) + '=',
                        word(row, 0)});
      }
    }
  }

  void read_protection() {
    const std::string system = look_.text(unit_, "ProtectSystem");
    const std::string home = look_.text(unit_, "ProtectHome");
    const EntryMode of_home = home == "yes"         ? EntryMode::inaccessible
                              : home == "tmpfs"     ? EntryMode::tmpfs
                              : home == "read-only" ? EntryMode::readonly
                                                    : EntryMode::implicit;
    if (system == "strict") {
      out_.push_back({"/", EntryMode::readonly});
      for (const char* path : {"/proc", "/sys", "/dev"}) {
        out_.push_back({path, EntryMode::implicit});
      }
    } else if (system == "yes" || system == "full") {
      out_.push_back({"/usr", EntryMode::readonly});
      out_.push_back({"/boot", EntryMode::readonly});
      out_.push_back({system == "full" ? "/etc" : "/efi", EntryMode::readonly});
      for (const char* path : {"/lib", "/lib64", "/bin", "/sbin"}) {
        out_.push_back({path, EntryMode::readonly});
      }
    }
    if (system == "strict" || of_home != EntryMode::implicit) {
      for (const char* path : {"/home", "/run/user", "/root"}) {
        out_.push_back({path, of_home});
      }
    }
    read_private();
  }

  void read_private() {
    const auto flag = [this](const char* property) {
      const Value* value = look_.at(PropertyKey{unit_, property});
      const auto* set = value != nullptr ? value->get<bool>() : nullptr;
      return set != nullptr && *set;
    };
    if (flag("PrivateTmp")) {
      out_.push_back({"/tmp", EntryMode::bind});
      out_.push_back({"/var/tmp", EntryMode::bind});
    }
    if (flag("PrivateDevices")) {
      out_.push_back({"/dev", EntryMode::bind});
    }
  }

  // sort, drop_duplicates(), drop_inaccessible() and drop_nop() of systemd.
  static std::vector<Pending> normalized(std::vector<Pending> all) {
    std::ranges::stable_sort(all, [](const Pending& a, const Pending& b) {
      return std::pair(a.path.size(), a.mode) < std::pair(b.path.size(), b.mode);
    });
    const std::vector<Pending> kept = without_duplicates(std::move(all));
    std::vector<Pending> out;
    for (const Pending& each : kept) {
      const Pending* parent = nullptr;
      for (const Pending& other : out) {
        parent =
            semantics::is_below(each.path, other.path) ? &other : parent;  // the deepest is last
      }
      const bool is_masked = std::ranges::any_of(out, [&each](const Pending& other) {
        return other.mode == EntryMode::inaccessible && semantics::is_below(each.path, other.path);
      });
      const bool is_redundant = sets_access(each) && parent != nullptr && parent->mode == each.mode;
      if (!is_masked && !is_redundant) {
        out.push_back(each);
      }
    }
    return out;
  }

  // The first of a path takes over what the others say of executing files, and with NoExecPaths=
  // among them nothing may be executed. What is mounted already remains.
  static std::vector<Pending> without_duplicates(std::vector<Pending> all) {
    std::vector<Pending> out;
    for (Pending& each : all) {
      const auto first = std::ranges::find_if(out, [&each](const Pending& other) {
        return !each.is_mounted && !other.is_mounted && other.path == each.path;
      });
      if (first == out.end()) {
        out.push_back(std::move(each));
      } else if (each.may_execute) {
        first->may_execute = first->may_execute.value_or(true) && *each.may_execute;
      }
    }
    return out;
  }

  static bool sets_access(const MountEntry& entry) {
    return entry.mode == EntryMode::readonly || entry.mode == EntryMode::readwrite ||
           entry.mode == EntryMode::implicit;
  }

  FactReader& look_;
  const std::string& unit_;
  bool has_sandbox_;
  const FollowLinks& follow_;
  std::vector<MountEntry> out_;
  std::string root_;
};

}  // namespace

std::vector<MountEntry> mount_entries(FactReader& look, bool has_sandbox,
                                      const FollowLinks& follow) {
  return EntryReader(look, has_sandbox, follow).take();
}
}  // namespace checklist::checks
