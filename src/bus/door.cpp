// SPDX-License-Identifier: MIT
#include "bus/door.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

#include <systemd/sd-bus.h>

namespace checklist::bus {
namespace {
// Where sd_bus_open_system(3) and sd_bus_open_user(3) look, too.
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

struct Door::Guest {
  Guest(event::Loop& loop, std::function<void()> open, std::function<void(const std::string&)> shut)
      : on_open(std::move(open)),
        on_shut(std::move(shut)),
        outcome(loop.deferred(event::Priority::io, [this] { tell(); })) {}

  Guest(const Guest&) = delete;
  Guest& operator=(const Guest&) = delete;

  ~Guest() {
    if (bus != nullptr) {
      sd_bus_detach_event(bus);
      sd_bus_close_unref(bus);
    }
  }

  int knock(event::Loop& loop, const std::string& where) {
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

  void ends_with(int result) {
    error = result;
    outcome.arm();
  }

  static int on_connected(sd_bus_message* /*signal*/, void* guest, sd_bus_error* /*error*/) {
    static_cast<Guest*>(guest)->ends_with(0);
    return 0;
  }

  static int on_disconnected(sd_bus_message* /*signal*/, void* guest, sd_bus_error* /*error*/) {
    static_cast<Guest*>(guest)->ends_with(ECONNRESET);
    return 0;
  }

  void tell() const {  // whoever hears it may destroy this
    if (error == 0) {
      const auto open = on_open;
      open();
    } else {
      const auto shut = on_shut;
      shut(std::generic_category().message(error));
    }
  }

  std::function<void()> on_open;
  std::function<void(const std::string&)> on_shut;
  sd_bus* bus = nullptr;
  int error = 0;
  event::Source outcome;
};

Door::Door(event::Loop& loop, Scope scope, std::function<void()> open,
           std::function<void(const std::string&)> shut)
    : guest_(std::make_unique<Guest>(loop, std::move(open), std::move(shut))) {
  if (const int result = guest_->knock(loop, address(scope)); result < 0) {
    guest_->ends_with(-result);
  }
}

Door::~Door() = default;
}  // namespace checklist::bus
