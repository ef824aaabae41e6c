// SPDX-License-Identifier: MIT
// The unit that owns a listening socket, by the cgroup in which the socket was created
// (cgroups(7)): a service's own sockets are created in its cgroup or below it, those that systemd
// opens for the service in the cgroup of its socket unit.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/view.hpp"

#include "semantics/net/address.hpp"

namespace checklist::checks {
// The unit to which a cgroup path belongs. systemd lays paths out as slices, the unit, and what the
// unit delegates.
struct CgroupOwner {
  std::string unit;                // empty if the path is in no unit's cgroup
  std::optional<std::string> uid;  // the user whose manager runs the unit; none for PID 1
  bool operator==(const CgroupOwner&) const = default;
};

CgroupOwner owner_of(std::string_view cgroup);

// Returns the owner as a phrase: "x.service", "jupyter.service of user 1000", "a process outside
// any unit (user 0)". An empty `cgroup` is one that is not known.
std::string describe_owner(const std::string& cgroup, std::uint32_t uid);

// A view's unit and the socket units that pass sockets to it; a socket unit is its own.
class UnitSockets {
 public:
  explicit UnitSockets(View& see);

  // The unit's canonical name.
  [[nodiscard]] const std::string& unit() const { return unit_; }

  // Returns the one of these units that the cgroup belongs to; empty if none.
  [[nodiscard]] std::string owning_unit(const std::string& cgroup) const;

  // Returns a socket unit that lists this address, is not active and has no job; empty if none.
  [[nodiscard]] std::string stopped_socket(View& see, const semantics::Address& address) const;
  // Returns an active socket unit that lists this address; empty if none.
  [[nodiscard]] std::string active_socket(View& see, const semantics::Address& address) const;

  // Returns whether a connection to this address may start the service: a socket unit lists it,
  // even one that was last seen stopped, and the service has no process.
  [[nodiscard]] bool is_trigger(View& see, const semantics::Address& address) const;
  // Returns why the unit's socket units are not all known; nothing if they are.
  [[nodiscard]] std::optional<Unseen> unseen(View& see) const;

 private:
  [[nodiscard]] std::vector<std::string> sockets_listing(View& see,
                                                         const semantics::Address& address) const;

  std::string unit_;
  std::string control_group_;
  bool of_user_manager_;
  std::vector<std::string> sockets_;
};

enum class Ownership { ours, foreign, unknown };

struct Holder {
  Ownership ownership = Ownership::unknown;
  std::string unit;  // ours: the unit or socket unit
};

// Returns the holder of a listener by its cgroup. A cgroup without a path is compared with those
// that the unit had earlier in this boot.
Holder holder_of(const Listener& listener, const UnitSockets& units, View& see);
}  // namespace checklist::checks
