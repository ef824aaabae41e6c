// SPDX-License-Identifier: MIT
#include "bus/bus.hpp"

#include <cstdint>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

#include SDBUS_COMPAT
#include "bus/attachment.hpp"
#include "bus/calls.hpp"
#include "bus/decode.hpp"
#include "bus/rethrow.hpp"

namespace checklist::bus {
namespace {
constexpr std::uint64_t match_timeout_usec = 5'000'000;

std::system_error not_connected(const sdbus::Error& error) {
  return {std::make_error_code(std::errc::not_connected), error.getMessage()};
}

std::unique_ptr<sdbus::IConnection> open(Scope scope) {
  try {
    auto bus = scope == Scope::system ? sdbus::createSystemBusConnection()
                                      : sdbus::createSessionBusConnection();
    bus->setMethodCallTimeout(match_timeout_usec);
    return bus;
  } catch (const sdbus::Error& error) {
    throw not_connected(error);
  }
}
}  // namespace

struct Bus::Connection {
  struct Match {
    std::string sender;
    std::function<void(const Signal&)> handler;
    sdbus::Slot slot;
  };

  Connection(event::Loop& loop, Scope scope, std::function<void()> lost)
      : bus(open(scope)),
        rethrow(loop),
        sweep(loop.deferred(event::Priority::io, [this] { released.clear(); })),
        calls(loop, *bus, rethrow),
        attachment(loop, *bus, [this, lost = std::move(lost)] {
          calls.end();
          const auto callback = lost;  // the callback may destroy this object
          callback();
        }) {}

  void deliver(std::uint64_t id, sdbus::Message& message) {
    const auto at = matches.find(id);
    if (at == matches.end() || message.getSender() != at->second.sender) {
      return;
    }
    if (auto body = decode(message)) {
      rethrow.guard([&] {
        at->second.handler({.sender = message.getSender(),
                            .path = message.getPath(),
                            .interface = message.getInterfaceName(),
                            .member = message.getMemberName(),
                            .body = std::move(*body)});
      });
    }
  }

  // The handler of the slot may be running, so the slot is destroyed in a later iteration.
  void release(std::uint64_t id) {
    if (auto match = matches.extract(id)) {
      released.push_back(std::move(match.mapped()));
      sweep.arm();
    }
  }

  std::unique_ptr<sdbus::IConnection> bus;
  std::map<std::uint64_t, Match> matches;
  std::vector<Match> released;
  std::uint64_t last_id = 0;
  Rethrow rethrow;
  event::Source sweep;
  Calls calls;
  Attachment attachment;
};

Bus::Bus(event::Loop& loop, Scope scope, std::function<void()> lost)
    : connection_(std::make_shared<Connection>(loop, scope, std::move(lost))) {}

Bus::~Bus() = default;

Bus::Subscription Bus::on(const std::string& sender, const std::string& rule,
                          std::function<void(const Signal&)> handler) {
  const auto id = ++connection_->last_id;
  auto& match = connection_->matches[id];
  match.sender = sender;
  match.handler = std::move(handler);
  try {
    match.slot = sdbus_compat::match(
        *connection_->bus, "type='signal',sender='" + sender + "'," + rule,
        [c = connection_.get(), id](sdbus::Message& message) { c->deliver(id, message); });
  } catch (const sdbus::Error& error) {
    connection_->matches.erase(id);
    throw not_connected(error);
  }
  return {nullptr, [weak = std::weak_ptr(connection_), id](void*) {
            if (const auto connection = weak.lock()) {
              connection->release(id);
            }
          }};
}

void Bus::call(Call call, std::function<void(const Reply&)> done) {
  connection_->calls.call(std::move(call), std::move(done));
}
}  // namespace checklist::bus
