// SPDX-License-Identifier: MIT
#include "bus/connector.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

#include <systemd/sd-bus.h>

namespace checklist::bus {
namespace {
// The address that sd_bus_open_system(3) and sd_bus_open_user(3) use.
std::string address(Scope scope) {
  const char* given = secure_getenv(scope == Scope::system ? "DBUS_SYSTEM_BUS_ADDRESS"
                                                           : "DBUS_SESSION_BUS_ADDRESS");
  if (given != nullptr) {
    return given;
  }
  if (scope == Scope::system) {
    return "unix:path=/run/dbus/system_bus_socket";
  }
  const char* runtime = secure_getenv("XDG_RUNTIME_DIR");
  return runtime != nullptr ? "unix:path=" + std::string(runtime) + "/bus" : std::string();
}
}  // namespace

struct BusConnector::Attempt {
  Attempt(event::Loop& loop, std::function<void()> on_success,
          std::function<void(const std::string&)> on_failure)
      : connected(std::move(on_success)),
        failed(std::move(on_failure)),
        outcome(loop.deferred(event::Priority::io, [this] { report(); })) {}

  Attempt(const Attempt&) = delete;
  Attempt& operator=(const Attempt&) = delete;

  ~Attempt() {
    if (bus != nullptr) {
      sd_bus_detach_event(bus);
      sd_bus_close_unref(bus);
    }
  }

  int start(event::Loop& loop, const std::string& where) {
    constexpr auto local = "org.freedesktop.DBus.Local";
    int result = where.empty() ? -ENOMEDIUM : sd_bus_new(&bus);
    const auto then = [&result](auto step) { result = result < 0 ? result : step(); };
    then([&] { return sd_bus_set_address(bus, where.c_str()); });
    then([&] { return sd_bus_set_bus_client(bus, 1); });
    then([&] { return sd_bus_set_connected_signal(bus, 1); });
    then([&] { return sd_bus_start(bus); });
    then([&] {
      return sd_bus_match_signal(bus, nullptr, local, nullptr, local, "Connected", on_connected,
                                 this);
    });
    then([&] {
      return sd_bus_match_signal(bus, nullptr, local, nullptr, local, "Disconnected",
                                 on_disconnected, this);
    });
    then([&] { return sd_bus_attach_event(bus, loop.raw(), SD_EVENT_PRIORITY_NORMAL); });
    return result;
  }

  void finish(int result) {
    error = result;
    outcome.arm();
  }

  static int on_connected(sd_bus_message* /*signal*/, void* attempt, sd_bus_error* /*error*/) {
    static_cast<Attempt*>(attempt)->finish(0);
    return 0;
  }

  static int on_disconnected(sd_bus_message* /*signal*/, void* attempt, sd_bus_error* /*error*/) {
    static_cast<Attempt*>(attempt)->finish(ECONNRESET);
    return 0;
  }

  // Calls copies of the callbacks, because a callback may destroy this object.
  void report() const {
    if (error == 0) {
      const auto callback = connected;
      callback();
    } else {
      const auto callback = failed;
      callback(std::generic_category().message(error));
    }
  }

  std::function<void()> connected;
  std::function<void(const std::string&)> failed;
  sd_bus* bus = nullptr;
  int error = 0;
  event::Source outcome;
};

BusConnector::BusConnector(event::Loop& loop, Scope scope, std::function<void()> connected,
                           std::function<void(const std::string&)> failed)
    : attempt_(std::make_unique<Attempt>(loop, std::move(connected), std::move(failed))) {
  if (const int result = attempt_->start(loop, address(scope)); result < 0) {
    attempt_->finish(-result);
  }
}

BusConnector::~BusConnector() = default;
}  // namespace checklist::bus
