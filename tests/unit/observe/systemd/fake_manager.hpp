// SPDX-License-Identifier: MIT
// A service manager without a bus: records calls, replies when the test says so and emits signals
// with bodies of the types in org.freedesktop.systemd1(5).
#pragma once
#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bus/object_path.hpp"
#include "observe/systemd/manager_link.hpp"
#include "observe/systemd/systemd_names.hpp"

namespace checklist::testing {
inline Value str(const std::string& text) {
  return {text};
}

inline Value num(std::uint64_t number) {
  return {number};
}

inline Value strs(const std::vector<std::string>& names) {
  Values out;
  for (const std::string& name : names) {
    out.push_back({name});
  }
  return {out};
}

// A row of ListUnitsByNames(), (ssssssouso).
struct UnitRow {
  std::string name;
  std::string load = "loaded";
  std::string active = "active";
  std::string sub = "running";
  std::uint64_t job = 0;
  std::string job_type = "";
};

inline Value row(const UnitRow& of) {
  const std::string job_path = "/org/freedesktop/systemd1/job/" + std::to_string(of.job);
  return {Values{str(of.name), str(of.name), str(of.load), str(of.active), str(of.sub), str(""),
                 str(bus::escaped_path(observe::units_path, of.name)), num(of.job),
                 str(of.job_type), str(of.job == 0 ? "/" : job_path)}};
}

// The link that Systemd uses. At most one exists per FakeManager.
class FakeManager {
 public:
  struct Call {
    std::string path, interface, member;
    Values arguments;
    std::function<void(const bus::Reply&)> done;

    // Returns the name of the unit or the property that the call is about.
    [[nodiscard]] std::string about() const {
      return member == "Get" ? observe::text_at(arguments, 1) : observe::text_at(arguments, 0);
    }
  };

  [[nodiscard]] observe::ManagerLink::Factory factory() {
    return [this](observe::ManagerLink::Events events) {
      events_ = std::move(events);
      return std::make_unique<Link>(*this);
    };
  }

  void connect() {
    up_ = true;
    events_.up();
  }

  // Outstanding calls are never answered, as after the loss of a connection.
  void disconnect(const std::string& why) {
    up_ = false;
    calls.clear();
    events_.down(why);
  }

  // Answers the oldest call of that method; Get calls by the name of their property.
  void reply(const std::string& method, Values body) {
    answer(take(method), {.body = std::move(body), .error = {}, .message = {}});
  }

  void fail(const std::string& method, const std::string& error, const std::string& message) {
    answer(take(method), {.body = {}, .error = error, .message = message});
  }

  // Answers every outstanding call of that method with the same body.
  void reply_all(const std::string& method, const Values& body) {
    for (std::size_t count = pending(method); count > 0; --count) {
      reply(method, body);
    }
  }

  // Removes and returns the oldest call of that method, without an answer.
  Call take(const std::string& method) {
    const auto at = std::ranges::find_if(calls, [&](const Call& c) { return is(c, method); });
    if (at == calls.end()) {
      throw std::logic_error("no outstanding call of " + method);
    }
    Call out = std::move(*at);
    calls.erase(at);
    return out;
  }

  static void answer(const Call& call, const bus::Reply& reply) { call.done(reply); }

  [[nodiscard]] std::size_t pending(const std::string& method) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(calls, [&](const Call& call) { return is(call, method); }));
  }

  // Manager signals: UnitNew and UnitRemoved (so), JobRemoved (uoss), Reloading (b), …
  void emit(const std::string& member, Values body) {
    events_.signal({.sender = ":1.1",
                    .path = observe::manager_path,
                    .interface = observe::manager_interface,
                    .member = member,
                    .body = std::move(body)});
  }

  void emit_load(const std::string& member, const std::string& unit) {
    emit(member, {str(unit), str(bus::escaped_path(observe::units_path, unit))});
  }

  void emit_job_removed(std::uint64_t id, const std::string& unit, const std::string& result) {
    emit("JobRemoved", {num(id), str("/org/freedesktop/systemd1/job/" + std::to_string(id)),
                        str(unit), str(result)});
  }

  void emit_signal(const bus::Signal& signal) { events_.signal(signal); }

  // PropertiesChanged (sa{sv}as)
  void emit_changed(const std::string& unit, const std::string& interface, Dict changed,
                    const std::vector<std::string>& invalidated = {}) {
    events_.signal({.sender = ":1.1",
                    .path = bus::escaped_path(observe::units_path, unit),
                    .interface = observe::properties_interface,
                    .member = "PropertiesChanged",
                    .body = {str(interface), Value{std::move(changed)}, strs(invalidated)}});
  }

  std::deque<Call> calls;  // outstanding, oldest first

 private:
  class Link : public observe::ManagerLink {
   public:
    explicit Link(FakeManager& manager) : manager_(manager) {}

    void call(const std::string& path, const std::string& interface, const std::string& member,
              Values arguments, std::function<void(const bus::Reply&)> done) override {
      manager_.calls.push_back({path, interface, member, std::move(arguments), std::move(done)});
    }

    [[nodiscard]] bool up() const override { return manager_.up_; }

   private:
    FakeManager& manager_;
  };

  static bool is(const Call& call, const std::string& method) {
    return call.member == method || (call.member == "Get" && call.about() == method);
  }

  observe::ManagerLink::Events events_;
  bool up_ = false;
};

// `Job` in a body of PropertiesChanged, (uo): {0, "/"} if there is none.
inline Value job(std::uint64_t id) {
  return {
      Values{num(id), str(id == 0 ? "/" : "/org/freedesktop/systemd1/job/" + std::to_string(id))}};
}

// InvocationID, (ay).
inline Value invocation(std::uint64_t byte) {
  return {Values(16, num(byte))};
}

// The properties of .Unit that PID 1 sends when a unit's state changes, cut down to those with
// EMITS_CHANGE that observers read.
inline Dict state_body(const std::string& active, const std::string& sub,
                       std::uint64_t job_id = 0) {
  return {{"ActiveState", str(active)},
          {"SubState", str(sub)},
          {"Job", job(job_id)},
          {"StateChangeTimestampMonotonic", num(5'000'000)},
          {"ConditionResult", Value{true}},
          {"InvocationID", invocation(7)}};
}
}  // namespace checklist::testing
