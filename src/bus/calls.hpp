// SPDX-License-Identifier: MIT
// The method calls of a connection: at most 100 are in flight, the others are queued in order. Each
// is answered exactly once while this object exists.
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

  // Borrows its arguments.
  Calls(event::Loop& loop, sdbus::IConnection& connection, Rethrow& rethrow);
  Calls(const Calls&) = delete;
  Calls& operator=(const Calls&) = delete;
  ~Calls();

  // `done` is not called before this returns.
  void call(Call call, Done done);
  // Must be called when the connection breaks. Answers all outstanding and all later calls with an
  // error.
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
  // Proxies to be destroyed later: a proxy must outlive its callback.
  std::vector<std::unique_ptr<sdbus::IProxy>> finished_;
  std::uint64_t last_id_ = 0;
  bool ended_ = false;
  event::Source sweep_;
};
}  // namespace checklist::bus
