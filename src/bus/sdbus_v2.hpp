// SPDX-License-Identifier: MIT
// The API of sdbus-c++ 2.x where it differs from 1.x: strong types, messages by value.
//
// attachSdEventLoop() is not used, because it throws connection errors through sd-event. The
// connection is polled as with 1.x, so that both versions behave alike.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <sdbus-c++/sdbus-c++.h>

namespace checklist::bus::sdbus_compat {
inline std::unique_ptr<sdbus::IProxy> proxy(sdbus::IConnection& c, const std::string& name,
                                            const std::string& path) {
  return sdbus::createProxy(c, sdbus::ServiceName{name}, sdbus::ObjectPath{path});
}

inline sdbus::MethodCall method(sdbus::IProxy& p, const std::string& interface,
                                const std::string& member) {
  return p.createMethodCall(sdbus::InterfaceName{interface}, sdbus::MethodName{member});
}

template <class F>
void call(sdbus::IProxy& p, const sdbus::MethodCall& m, F done, std::uint64_t timeout_usec) {
  p.callMethodAsync(
      m,
      [done = std::move(done)](sdbus::MethodReply r, std::optional<sdbus::Error> e) {
        done(r, e ? &*e : nullptr);
      },
      timeout_usec);
}

template <class F>
sdbus::Slot match(sdbus::IConnection& c, const std::string& rule, F handler) {
  return c.addMatch(
      rule, [handler = std::move(handler)](sdbus::Message m) { handler(m); }, sdbus::return_slot);
}

inline std::pair<char, std::string> peek(sdbus::Message& m) {
  const auto [type, contents] = m.peekType();
  return {type, contents != nullptr ? contents : ""};
}

inline void process(sdbus::IConnection& c) {
  c.processPendingEvent();
}

inline std::uint64_t deadline_usec(const sdbus::IConnection::PollData& poll) {
  return poll.timeout == std::chrono::microseconds::max()
             ? UINT64_MAX
             : static_cast<std::uint64_t>(poll.timeout.count());
}
}  // namespace checklist::bus::sdbus_compat
