// SPDX-License-Identifier: MIT
// The API of sdbus-c++ 1.x where it differs from 2.x: plain strings, messages by reference.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <sdbus-c++/sdbus-c++.h>

namespace checklist::bus::sdbus_compat {
inline std::unique_ptr<sdbus::IProxy> proxy(sdbus::IConnection& c, const std::string& name,
                                            const std::string& path) {
  return sdbus::createProxy(c, name, path);
}

inline sdbus::MethodCall method(sdbus::IProxy& p, const std::string& interface,
                                const std::string& member) {
  return p.createMethodCall(interface, member);
}

template <class F>  // F: void(sdbus::Message&, const sdbus::Error*)
void call(sdbus::IProxy& p, const sdbus::MethodCall& m, F done, std::uint64_t timeout_usec) {
  p.callMethod(
      m, [done = std::move(done)](sdbus::MethodReply& r, const sdbus::Error* e) { done(r, e); },
      timeout_usec);
}

template <class F>  // F: void(sdbus::Message&)
sdbus::Slot match(sdbus::IConnection& c, const std::string& rule, F handler) {
  return c.addMatch(rule, std::move(handler));
}

inline std::pair<char, std::string> peek(sdbus::Message& m) {
  std::string type;
  std::string contents;
  m.peekType(type, contents);
  return {type.empty() ? '\0' : type[0], std::move(contents)};
}

inline void process(sdbus::IConnection& c) {
  c.processPendingRequest();
}

// Returns a time on CLOCK_MONOTONIC; UINT64_MAX if there is no timeout.
inline std::uint64_t deadline_usec(const sdbus::IConnection::PollData& poll) {
  return poll.timeout_usec;
}
}  // namespace checklist::bus::sdbus_compat
