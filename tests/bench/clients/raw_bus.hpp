// SPDX-License-Identifier: MIT
// What PID 1 says on the bus, heard with nothing but sd-bus: the floor to measure checklistd
// against. For benchmarks: every failure ends the program.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include <systemd/sd-bus.h>

namespace bench {
constexpr auto systemd = "org.freedesktop.systemd1";
constexpr auto manager_path = "/org/freedesktop/systemd1";
constexpr auto manager_interface = "org.freedesktop.systemd1.Manager";
constexpr auto unit_interface = "org.freedesktop.systemd1.Unit";

[[noreturn]] inline void fail(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

inline int must(int result, const char* what) {
  if (result < 0) {
    fail(std::string(what) + ": " + std::strerror(-result));
  }
  return result;
}

// CLOCK_MONOTONIC, which is one for the sandbox and the machine around it.
inline std::int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

inline std::string object_path(const char* unit) {
  char* encoded = nullptr;
  must(sd_bus_path_encode("/org/freedesktop/systemd1/unit", unit, &encoded), "unit name");
  std::string path = encoded;
  std::free(encoded);
  return path;
}

class RawBus {
 public:
  // What a PropertiesChanged of .Unit says; all of it, because a body is a full snapshot.
  struct Signal {
    std::string_view path;
    std::string_view active_state;
    std::uint64_t active_enter = 0;  // µs of CLOCK_REALTIME
  };

  using Heard = std::function<void(const Signal&)>;

  explicit RawBus(Heard heard) : heard_(std::move(heard)) {
    must(sd_bus_open_system(&bus_), "system bus");
    call("Subscribe", "");
  }

  RawBus(const RawBus&) = delete;
  RawBus& operator=(const RawBus&) = delete;

  ~RawBus() { sd_bus_flush_close_unref(bus_); }

  // `where` ends the match rule: path='…' or path_namespace='…'.
  void listen(const std::string& where) {
    const std::string rule = std::string("type='signal',sender='") + systemd +
                             "',interface='org.freedesktop.DBus.Properties',"
                             "member='PropertiesChanged',arg0='" +
                             unit_interface + "'," + where;
    must(sd_bus_add_match(bus_, nullptr, rule.c_str(), on_change, this), "match");
  }

  template <class... Arguments>
  void call(const char* method, const char* types, Arguments... arguments) {
    sd_bus_error error = SD_BUS_ERROR_NULL;
    if (sd_bus_call_method(bus_, systemd, manager_path, manager_interface, method, &error, nullptr,
                           types, arguments...) < 0) {
      fail(std::string(method) + ": " + error.message);
    }
  }

  std::uint32_t main_pid(const std::string& path) {
    std::uint32_t pid = 0;
    must(
        sd_bus_get_property_trivial(bus_, systemd, path.c_str(), "org.freedesktop.systemd1.Service",
                                    "MainPID", nullptr, 'u', &pid),
        "MainPID");
    return pid;
  }

  std::string active_state(const std::string& path) {
    char* text = nullptr;
    must(sd_bus_get_property_string(bus_, systemd, path.c_str(), unit_interface, "ActiveState",
                                    nullptr, &text),
         "ActiveState");
    std::string state = text;
    std::free(text);
    return state;
  }

  [[nodiscard]] int fd() const { return sd_bus_get_fd(bus_); }

  // Everything that has arrived.
  void process() {
    while (must(sd_bus_process(bus_, nullptr), "bus") > 0) {
    }
  }

 private:
  static int on_change(sd_bus_message* message, void* self, sd_bus_error* /*error*/) {
    Signal signal;
    signal.path = sd_bus_message_get_path(message);
    must(sd_bus_message_skip(message, "s"), "signal");
    must(sd_bus_message_enter_container(message, 'a', "{sv}"), "signal");
    while (must(sd_bus_message_enter_container(message, 'e', "sv"), "signal") > 0) {
      read_property(message, signal);
      must(sd_bus_message_exit_container(message), "signal");
    }
    if (!signal.active_state.empty()) {
      static_cast<RawBus*>(self)->heard_(signal);
    }
    return 0;
  }

  static void read_property(sd_bus_message* message, Signal& signal) {
    const char* name = nullptr;
    const char* text = nullptr;
    must(sd_bus_message_read(message, "s", &name), "signal");
    if (std::strcmp(name, "ActiveState") == 0) {
      must(sd_bus_message_read(message, "v", "s", &text), "signal");
      signal.active_state = text;
    } else if (std::strcmp(name, "ActiveEnterTimestamp") == 0) {
      must(sd_bus_message_read(message, "v", "t", &signal.active_enter), "signal");
    } else {
      must(sd_bus_message_skip(message, "v"), "signal");
    }
  }

  Heard heard_;
  sd_bus* bus_ = nullptr;
};
}  // namespace bench
