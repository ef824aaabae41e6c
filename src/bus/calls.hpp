// SPDX-License-Identifier: MIT
// The method calls of one connection: at most a hundred in flight, the rest waits in order, and
// each is answered exactly once while this object lives.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "bus/message.hpp"
#include "bus/rethrow.hpp"
#include "event/loop.hpp"

namespace sdbus {
class IConnection;
class IProxy;
class Message;
class Error;
}  // namespace sdbus

namespace checklist::bus {
class Calls {
 public:
  using Done = std::function<void(const Reply&)>;

  // Borrows all three.
  Calls(event::Loop& loop, sdbus::IConnection& connection, Rethrow& rethrow);
  Calls(const Calls&) = delete;
  Calls& operator=(const Calls&) = delete;
  ~Calls();

  // `done` is never called before this returns.
  void call(Call call, Done done);
  // The connection is gone: answers all that wait, and from now on every call, with an error.
  void end();

 private:
  struct Waiting {
    Call call;
    Done done;
  };

  struct InFlight {
    std::string destination;
    Done done;
    std::unique_ptr<sdbus::IProxy> proxy;
  };

  void send_next();
  void send(const Waiting& waiting, std::uint64_t id);
  void answer(std::uint64_t id, sdbus::Message& message, const sdbus::Error* error);
  void sweep();

  sdbus::IConnection& connection_;
  Rethrow& rethrow_;
  std::deque<Waiting> waiting_;
  std::map<std::uint64_t, InFlight> in_flight_;
  std::vector<std::pair<Done, Reply>> refused_;
  // A proxy must outlive its own callback.
  std::vector<std::unique_ptr<sdbus::IProxy>> spent_;
  std::uint64_t last_id_ = 0;
  bool ended_ = false;
  event::Source sweep_;
};
}  // namespace checklist::bus
