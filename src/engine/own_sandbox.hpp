// SPDX-License-Identifier: MIT
// Withholds facts that the sandbox of checklistd.service falsifies: another network has other
// sockets, and every owner that is not mapped is the overflow user.
#pragma once
#include <optional>
#include <type_traits>

#include "checklist/facts/devices.hpp"
#include "checklist/facts/files.hpp"
#include "checklist/facts/probes.hpp"
#include "checklist/facts/processes.hpp"
#include "checklist/facts/sockets.hpp"

#include "observe/own/own_namespaces.hpp"

namespace checklist::engine {
class OwnSandbox {
 public:
  OwnSandbox() : OwnSandbox(observe::hidden_users(), observe::hidden_network()) {}

  OwnSandbox(std::optional<Unseen> users, std::optional<Unseen> network)
      : users_(std::move(users)), network_(std::move(network)) {}

  // Returns a reason if the sandbox falsifies the facts of this key.
  template <class Key>
  [[nodiscard]] std::optional<Unseen> hides(const Key& key) const {
    if constexpr (is_any_of<Key, ProcessKey, NodeKey, FileKey>) {
      return users_;
    } else if constexpr (is_any_of<Key, ListenersKey, HostAddressesKey, LocalPortsKey>) {
      return network_;
    } else if constexpr (is_any_of<Key, ProbeKey>) {
      const std::string& socket = key.request.unix_socket;  // a name instead of a path: "@name"
      return socket.empty() || socket.starts_with('@') ? network_ : std::nullopt;
    } else {
      return std::nullopt;
    }
  }

  // Returns a reason if all senders of reports seem to be the same user.
  [[nodiscard]] const std::optional<Unseen>& hides_users() const { return users_; }

 private:
  template <class Key, class... Keys>
  static constexpr bool is_any_of = (std::is_same_v<Key, Keys> || ...);

  std::optional<Unseen> users_;
  std::optional<Unseen> network_;
};
}  // namespace checklist::engine
