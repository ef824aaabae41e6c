// SPDX-License-Identifier: MIT
#include "bus/calls.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include SDBUS_COMPAT
#include "bus/decode.hpp"

namespace checklist::bus {
namespace {
constexpr std::size_t most_in_flight = 100;  // dbus-daemon limits pending replies to 128
constexpr std::uint64_t no_timeout = UINT64_MAX;
constexpr auto disconnected = "org.freedesktop.DBus.Error.Disconnected";

Reply reply_from(const std::string& destination, sdbus::Message& message,
                 const sdbus::Error* error) {
  if (error != nullptr) {
    return {.body = {}, .error = error->getName(), .message = error->getMessage()};
  }
  // A reply is matched by its serial, which any sender can guess.
  if (message.getSender() != destination) {
    return {.body = {}, .error = disconnected, .message = "reply from another sender"};
  }
  if (auto body = decode(message)) {
    return {.body = std::move(*body), .error = {}, .message = {}};
  }
  return {.body = {},
          .error = "org.freedesktop.DBus.Error.InconsistentMessage",
          .message = "the reply cannot be decoded"};
}
}  // namespace

bool is_unanswered(const Reply& reply) {
  static constexpr std::array names{"org.freedesktop.DBus.Error.NoReply",
                                    "org.freedesktop.DBus.Error.ServiceUnknown",
                                    "org.freedesktop.DBus.Error.NameHasNoOwner",
                                    disconnected,
                                    "System.Error.ENOTCONN",
                                    "System.Error.ECONNRESET"};
  return std::ranges::find(names, reply.error) != names.end();
}

Calls::Calls(event::Loop& loop, sdbus::IConnection& connection, Rethrow& rethrow)
    : connection_(connection),
      rethrow_(rethrow),
      sweep_(loop.deferred(event::Priority::io, [this] { sweep(); })) {}

Calls::~Calls() = default;

void Calls::call(Call call, Done done) {
  waiting_.push_back({.call = std::move(call), .done = std::move(done)});
  send_next();
}

void Calls::end() {
  ended_ = true;
  for (auto& [id, call] : in_flight_) {
    refused_.emplace_back(
        std::move(call.done),
        Reply{.body = {}, .error = disconnected, .message = "the bus closed the connection"});
    finished_.push_back(std::move(call.proxy));
  }
  in_flight_.clear();
  send_next();
  sweep();
}

void Calls::send_next() {
  while (!waiting_.empty() && in_flight_.size() < most_in_flight) {
    const Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    const auto id = ++last_id_;
    try {
      send(next, id);
    } catch (const sdbus::Error& error) {
      in_flight_.erase(id);
      const std::string name = ended_ ? disconnected : std::string(error.getName());
      refused_.push_back({next.done, {.body = {}, .error = name, .message = error.getMessage()}});
      sweep_.arm();
    }
  }
}

void Calls::send(const Waiting& waiting, std::uint64_t id) {
  const Call& call = waiting.call;
  auto proxy = sdbus_compat::proxy(connection_, call.destination, call.path);
  auto message = sdbus_compat::method(*proxy, call.interface, call.member);
  for (const Value& argument : call.arguments) {
    encode(message, argument);
  }
  auto& target = *proxy;
  in_flight_.emplace(
      id,
      InFlight{.destination = call.destination, .done = waiting.done, .proxy = std::move(proxy)});
  sdbus_compat::call(
      target, message,
      [this, id](sdbus::Message& m, const sdbus::Error* error) { answer(id, m, error); },
      no_timeout);
}

void Calls::answer(std::uint64_t id, sdbus::Message& message, const sdbus::Error* error) {
  auto call = in_flight_.extract(id);
  if (call.empty()) {
    return;
  }
  finished_.push_back(std::move(call.mapped().proxy));
  sweep_.arm();
  rethrow_.guard(
      [&] { call.mapped().done(reply_from(call.mapped().destination, message, error)); });
  send_next();
}

void Calls::sweep() {
  finished_.clear();
  for (const auto& [done, reply] : std::exchange(refused_, {})) {
    done(reply);
  }
}
}  // namespace checklist::bus
