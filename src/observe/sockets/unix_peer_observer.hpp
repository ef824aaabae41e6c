// SPDX-License-Identifier: MIT
// Observes which process listens on a unix socket: SO_PEERCRED (unix(7)) of a connection that is
// closed at once and repeated only after another socket is bound to the path. The server sees a
// client that disconnects, so keys must not name sockets of socket-activated services.
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
  // Device, inode number and ctime: some file systems reuse inode numbers immediately.
  using Identity = std::tuple<std::uint64_t, std::uint64_t, std::int64_t, std::int64_t>;

  struct Followed {
    std::unique_ptr<event::PathWatch> watch;
    event::Source retry;
    Identity answered{};  // the last socket that accepted a connection; zeros: none
    std::size_t retries = 0;
  };

  void look(const UnixPeerKey& key);
  void restart_looks(const UnixPeerKey& key);

  event::Loop& loop_;
  Put<UnixPeerKey> put_;
  std::string root_;
  std::map<UnixPeerKey, Followed> followed_;
};
}  // namespace checklist::observe
