// SPDX-License-Identifier: MIT
// Whose a listening socket is, told by the cgroup in which it was made (cgroups(7)): a service's
// own are in its cgroup or below, those that systemd opened for it in its socket unit's.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/view.hpp"

#include "semantics/net/address.hpp"

namespace checklist::checks {
// The unit whose cgroup a path lies in, as systemd lays paths out: slices, the unit, what it
// delegates.
struct CgroupOwner {
  std::string unit;                // empty: in no unit's
  std::optional<std::string> uid;  // of the user whose manager has that unit; nothing: PID 1
  bool operator==(const CgroupOwner&) const = default;
};

CgroupOwner owner_of(std::string_view cgroup);

// For a sentence: "x.service", "jupyter.service of user 1000", "a process outside any unit (user
// 0)". `cgroup` empty: it is not known.
std::string describe_owner(const std::string& cgroup, std::uint32_t uid);

// A view's unit and the socket units that pass it sockets.
class Household {
 public:
  explicit Household(View& see);

  [[nodiscard]] const std::string& unit() const { return unit_; }

  [[nodiscard]] const std::vector<std::string>& sockets() const { return sockets_; }

  // The unit of the household that a cgroup is of; empty: none of them.
  [[nodiscard]] std::string member(const std::string& cgroup) const;

  // Of the socket units that list this address, one that is not active and will not be soon; empty:
  // there is none.
  [[nodiscard]] std::string stopped_socket(View& see, const semantics::Address& address) const;
  // Of the socket units that list this address, one that is active; empty: there is none.
  [[nodiscard]] std::string active_socket(View& see, const semantics::Address& address) const;

 private:
  [[nodiscard]] std::vector<std::string> sockets_listing(View& see,
                                                         const semantics::Address& address) const;

  std::string unit_;  // the canonical name
  std::string control_group_;
  bool of_user_manager_;
  std::vector<std::string> sockets_;
};

// Whose a listener is: a unit of the household (`unit`), somebody else's, or nobody can tell.
enum class Belongs { to_us, to_others, unclear };

struct Holder {
  Belongs belongs = Belongs::unclear;
  std::string unit;  // to_us: which of the household
};

// By the listener's cgroup; one that nobody knows is looked for among those the unit had earlier in
// this boot.
Holder holder_of(const Listener& listener, const Household& household, View& see);
}  // namespace checklist::checks
