// SPDX-License-Identifier: MIT
// A message bus in a thread of the test, for one client at a time: answers Hello() and AddMatch()
// as a bus daemon does and leaves all other calls to a script. Unlike a bus daemon it sends
// messages of any sender, and so can forge them.
#pragma once
#include <array>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::testing {
class FakeBus {
 public:
  // Called in the bus's thread for each method call of the client, after those above.
  using Script = std::function<void(sd_bus* bus, sd_bus_message* call)>;

  explicit FakeBus(Script script) : script_(std::move(script)) {
    ::setenv("DBUS_SYSTEM_BUS_ADDRESS", ("unix:path=" + path_).c_str(), 1);
    EXPECT_EQ(::pipe2(stop_.data(), O_CLOEXEC), 0);
    thread_ = std::thread([this] { run(); });
  }

  FakeBus(const FakeBus&) = delete;
  FakeBus& operator=(const FakeBus&) = delete;

  ~FakeBus() {
    ::close(stop_[1]);
    thread_.join();
    ::close(stop_[0]);
    ::unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
  }

  // For scripts. `sender` is the sender that the message claims.
  static void reply(sd_bus* bus, sd_bus_message* call, const char* sender, const char* text = "") {
    sd_bus_message* message = nullptr;
    sd_bus_message_new_method_return(call, &message);
    sd_bus_message_set_sender(message, sender);
    sd_bus_message_append(message, "s", text);
    sd_bus_send(bus, message, nullptr);
    sd_bus_message_unref(message);
  }

  static void error(sd_bus* bus, sd_bus_message* call, const char* sender, const char* name,
                    const char* text) {
    sd_bus_message* message = nullptr;
    const sd_bus_error what{name, text, 0};
    sd_bus_message_new_method_error(call, &message, &what);
    sd_bus_message_set_sender(message, sender);
    sd_bus_send(bus, message, nullptr);
    sd_bus_message_unref(message);
  }

  static void signal(sd_bus* bus, const char* sender, const char* text) {
    sd_bus_message* message = nullptr;
    sd_bus_message_new_signal(bus, &message, "/a", "a.b", "Changed");
    sd_bus_message_set_sender(message, sender);
    sd_bus_message_append(message, "s", text);
    sd_bus_send(bus, message, nullptr);
    sd_bus_message_unref(message);
  }

  // Ends the connection after the current call.
  void hang_up() { is_over_ = true; }

  // The match rules of the client so far. Must be read in a script.
  [[nodiscard]] const std::string& rules() const { return rules_; }

 private:
  static int on_message(sd_bus_message* message, void* self, sd_bus_error* /*error*/) {
    auto& bus = *static_cast<FakeBus*>(self);
    if (sd_bus_message_is_method_call(message, nullptr, nullptr) <= 0) {
      return 0;
    }
    const std::string member = sd_bus_message_get_member(message);
    if (member == "Hello") {
      reply(bus.bus_, message, "org.freedesktop.DBus", ":1.5");
    } else if (member == "AddMatch" || member == "RemoveMatch") {
      const char* rule = nullptr;
      sd_bus_message_read(message, "s", &rule);
      bus.rules_ += member + " " + rule + "\n";
      reply(bus.bus_, message, "org.freedesktop.DBus");
    } else {
      bus.script_(bus.bus_, message);
    }
    return 1;
  }

  void run() {
    while (wait({listener_.fd, POLLIN, 0})) {
      serve(::accept4(listener_.fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    }
  }

  void serve(int fd) {
    is_over_ = false;
    sd_id128_t id{};
    sd_id128_randomize(&id);
    sd_bus_new(&bus_);
    sd_bus_set_fd(bus_, fd, fd);
    sd_bus_set_server(bus_, 1, id);
    sd_bus_add_filter(bus_, nullptr, on_message, this);
    sd_bus_start(bus_);
    for (int result = 1; result >= 0 && !is_over_;) {
      result = sd_bus_process(bus_, nullptr);
      if (result == 0 && !wait({fd, static_cast<short>(sd_bus_get_events(bus_)), 0})) {
        break;
      }
    }
    sd_bus_flush(bus_);
    sd_bus_close_unref(bus_);
  }

  // Returns false when the bus is to stop.
  bool wait(pollfd what) {
    std::array<pollfd, 2> both{what, pollfd{stop_[0], POLLIN, 0}};
    return ::poll(both.data(), both.size(), -1) >= 0 && both[1].revents == 0;
  }

  Script script_;
  TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "bus";
  BoundSocket listener_ = listen_on_path(SOCK_STREAM, path_);
  std::array<int, 2> stop_{};
  sd_bus* bus_ = nullptr;
  bool is_over_ = false;
  std::string rules_;
  std::thread thread_;
};
}  // namespace checklist::testing
