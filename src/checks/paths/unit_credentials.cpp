// SPDX-License-Identifier: MIT
#include "checks/paths/unit_credentials.hpp"

#include <algorithm>

#include "checks/state/unit_process.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
constexpr std::int64_t securebit_noroot = 1;  // capabilities(7)

template <class T>
T property(FactReader& look, const std::string& unit, const std::string& name, T otherwise) {
  const Value* value = look.at(PropertyKey{unit, name});
  const T* found = value != nullptr ? value->get<T>() : nullptr;
  return found != nullptr ? *found : otherwise;
}

// Returns the user of that name or number; null if there is none.
const std::pair<const std::string, User>* find_user(const Accounts& accounts,
                                                    const std::string& name) {
  auto found = accounts.users.find(name);
  if (const auto uid = semantics::number<std::uint32_t>(name);
      uid && found == accounts.users.end()) {
    found = std::ranges::find_if(accounts.users,
                                 [&](const auto& each) { return each.second.uid == *uid; });
  }
  return found != accounts.users.end() ? &*found : nullptr;
}

std::optional<std::uint32_t> find_group(const Accounts& accounts, const std::string& name) {
  const auto found = accounts.groups.find(name);
  return found != accounts.groups.end() ? std::optional(found->second.gid)
                                        : semantics::number<std::uint32_t>(name);
}

// Resolves names to numbers in the order of systemd's exec_child().
class CredentialReader {
 public:
  CredentialReader(FactReader& look, const std::string& unit, const Accounts& accounts)
      : look_(look), unit_(unit), accounts_(accounts) {}

  NextCredentials take() {
    const bool is_dynamic = property(look_, unit_, "DynamicUser", false);
    std::string user = look_.text(unit_, "User");
    user = user.empty() && is_dynamic ? stem() : user;
    user = user.empty() ? look_.view().spec().user : user;
    const bool is_allocated = is_dynamic && find_user(accounts_, user) == nullptr;
    if (is_allocated) {
      out_.uid = dynamic_id;
      out_.gid = dynamic_id;
    } else if (!user.empty()) {
      set_user(user);
    }
    // While a dynamic user is allocated, the Group property names its group, too.
    const std::string group = look_.text(unit_, "Group");
    if (!group.empty() && !(is_allocated && group == user)) {
      set_group(group);
    }
    add_groups();
    set_capabilities();
    return unknown_.empty() ? NextCredentials{std::move(out_)}
                            : NextCredentials{std::nullopt, unknown_};
  }

 private:
  [[nodiscard]] std::string stem() const { return unit_.substr(0, unit_.rfind('.')); }

  void set_user(const std::string& name) {
    const auto* user = find_user(accounts_, name);
    if (user == nullptr) {
      unknown_ = "user " + name;
      return;
    }
    name_ = user->first;
    out_.uid = user->second.uid;
    out_.gid = user->second.gid;
  }

  void set_group(const std::string& name) {
    if (const auto gid = find_group(accounts_, name)) {
      out_.gid = *gid;
    } else {
      unknown_ = "group " + name;
    }
  }

  // Adds the groups that list the user, unless its primary group is root's, and then the unit's.
  void add_groups() {
    for (const auto& [name, group] : accounts_.groups) {
      const bool is_listed = std::ranges::find(group.members, name_) != group.members.end();
      if (!name_.empty() && out_.gid != 0 && is_listed) {
        out_.groups.push_back(group.gid);
      }
    }
    for (const std::string& name : look_.list(unit_, "SupplementaryGroups")) {
      if (const auto gid = find_group(accounts_, name)) {
        out_.groups.push_back(*gid);
      } else {
        unknown_ = "group " + name;
      }
    }
    std::ranges::sort(out_.groups);
  }

  // execve(2) gives root every capability of the bounding set, and other users the ambient ones.
  void set_capabilities() {
    const auto bounding = property(look_, unit_, "CapabilityBoundingSet", std::uint64_t{0});
    const auto ambient = property(look_, unit_, "AmbientCapabilities", std::uint64_t{0});
    const auto bits = property(look_, unit_, "SecureBits", std::int64_t{0});
    const bool is_root = out_.uid == 0 && (bits & securebit_noroot) == 0;
    out_.capabilities = is_root ? bounding : bounding & ambient;
    out_.private_users = property(look_, unit_, "PrivateUsers", false);
  }

  FactReader& look_;
  const std::string& unit_;
  const Accounts& accounts_;
  semantics::Credentials out_;
  std::string name_;
  std::string unknown_;
};
}  // namespace

std::optional<semantics::Credentials> running_credentials(FactReader& look,
                                                          const std::string& unit) {
  const Process* seen = running_process(look, unit);
  if (seen == nullptr) {
    return std::nullopt;
  }
  const auto effective = seen->capabilities.find("CapEff");
  return semantics::Credentials{
      .uid = seen->uid,
      .gid = seen->gid,
      .groups = seen->groups,
      .capabilities = effective != seen->capabilities.end() ? effective->second : 0,
      .private_users = property(look, unit, "PrivateUsers", false)};
}

NextCredentials next_credentials(FactReader& look, const std::string& unit) {
  const Accounts* accounts = look.at(AccountsKey{});
  return accounts != nullptr ? CredentialReader(look, unit, *accounts).take() : NextCredentials{};
}
}  // namespace checklist::checks
