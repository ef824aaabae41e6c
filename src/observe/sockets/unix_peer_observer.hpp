// SPDX-License-Identifier: MIT
// Who listens on a unix socket: SO_PEERCRED (unix(7)) of one connection, closed at once and made
// again only when another socket is bound to the path. A service meets it as a client that leaves;
// so ask only for sockets that no socket unit would start a service for.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <tuple>

#include "event/loop.hpp"
#include "event/path_watch.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class UnixPeerObserver : public Observer<UnixPeerKey> {
 public:
  // `root` is prepended to /proc and to the paths of sockets; empty outside tests.
  UnixPeerObserver(event::Loop& loop, Put<UnixPeerKey> put, std::string root = "");

  void follow(const std::set<UnixPeerKey>& keys) override;
  void look_again() override;

 private:
  // Device, inode and change time: an inode number alone is used again at once on some file
  // systems.
  using Identity = std::tuple<std::uint64_t, std::uint64_t, std::int64_t, std::int64_t>;

  struct Followed {
    std::unique_ptr<PathWatch> watch;
    event::Source retry;
    Identity answered{};  // the socket that answered; zeros: none yet
    std::size_t retries = 0;
  };

  void look(const UnixPeerKey& key);
  void look_anew(const UnixPeerKey& key);

  event::Loop& loop_;
  Put<UnixPeerKey> put_;
  std::string root_;
  std::map<UnixPeerKey, Followed> followed_;
};
}  // namespace checklist::observe
