// SPDX-License-Identifier: MIT
#include "config_test/identity.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "semantics/text/fields.hpp"

namespace checklist::config_test {
namespace {
constexpr int most_groups = 256;

Unseen missing(const std::string& kind, const std::string& name) {
  return {"unsupported", kind + " " + name + " does not exist", ""};
}

// Takes a name or a number.
const passwd* account_of(const std::string& name) {
  const auto number = semantics::number<uid_t>(name);
  return number ? ::getpwuid(*number) : ::getpwnam(name.c_str());
}

const group* group_of(const std::string& name) {
  const auto number = semantics::number<gid_t>(name);
  return number ? ::getgrgid(*number) : ::getgrnam(name.c_str());
}

void require(bool succeeded, const char* what) {
  if (!succeeded) {
    throw std::system_error(errno, std::system_category(), what);
  }
}

void keep_capabilities(std::uint64_t kept) {
  __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  std::array<__user_cap_data_struct, 2> data{};
  data[0] = {.effective = static_cast<std::uint32_t>(kept),
             .permitted = static_cast<std::uint32_t>(kept),
             .inheritable = static_cast<std::uint32_t>(kept)};
  require(::syscall(SYS_capset, &header, data.data()) == 0, "capset");
}
}  // namespace

Observed<Identity> identity_for(const Settings& settings, const std::string& account) {
  const bool is_named = !settings.dynamic_user && !settings.user.empty();
  const passwd* user = account_of(is_named ? settings.user : account);
  if (user == nullptr) {
    return missing("user", is_named ? settings.user : account);
  }
  const bool is_roots = !settings.dynamic_user && (!is_named || user->pw_uid == 0);
  if (is_roots && is_named) {
    return identity_for({}, account);
  }
  Identity out{
      .uid = user->pw_uid, .gid = user->pw_gid, .reads_all = is_roots, .is_alone = !is_named};
  if (!settings.group.empty() && is_named) {
    const group* own = group_of(settings.group);
    if (own == nullptr) {
      return missing("group", settings.group);
    }
    out.gid = own->gr_gid;
  }
  if (is_named) {
    int count = most_groups;
    out.groups.resize(most_groups);
    const bool fits = ::getgrouplist(user->pw_name, out.gid, out.groups.data(), &count) >= 0;
    out.groups.resize(fits ? static_cast<std::size_t>(count) : most_groups);
  }
  return out;
}

void become(const Identity& identity) {
  require(::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == 0, "prctl");
  require(::setgroups(identity.groups.size(), identity.groups.data()) == 0, "setgroups");
  require(::setresgid(identity.gid, identity.gid, identity.gid) == 0, "setresgid");
  require(::setresuid(identity.uid, identity.uid, identity.uid) == 0, "setresuid");
  std::vector<int> kept{CAP_NET_BIND_SERVICE};
  if (identity.reads_all) {
    kept.push_back(CAP_DAC_READ_SEARCH);
  }
  std::uint64_t bits = 0;
  for (const int capability : kept) {
    bits |= std::uint64_t{1} << static_cast<unsigned>(capability);
  }
  keep_capabilities(bits);
  for (const int capability : kept) {
    require(::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0, "prctl");
  }
}
}  // namespace checklist::config_test
