// SPDX-License-Identifier: MIT
// A service manager as the observers use it. Its signals are forwarded to the attached followers,
// except during a reload, after which the followers read all state again.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checklist/observed.hpp"

#include "observe/systemd/manager_link.hpp"
#include "observe/systemd/systemd_link.hpp"
#include "observe/systemd/systemd_names.hpp"

namespace checklist::observe {
// Receives the events of a manager. Must be attached to a Systemd.
class ManagerFollower {
 public:
  virtual ~ManagerFollower() = default;
  // The manager was connected, reloaded or re-executed: all state must be read again.
  virtual void resync() = 0;
  // The manager has been unreachable or silent for so long that known state is stale.
  virtual void gone(const Unseen& why) = 0;

  // Calls in flight are not answered any more.
  virtual void calls_dropped() {}

  // A unit emitted PropertiesChanged. `unit` is its canonical name.
  virtual void unit_changed(const std::string& /*unit*/, const std::string& /*interface*/,
                            const Dict& /*changed*/, const Values& /*invalidated*/) {}

  // A unit was loaded or unloaded, other than by a reload.
  virtual void unit_loaded_or_unloaded(const std::string& /*unit*/) {}

  virtual void job_removed(const std::string& /*unit*/, const std::string& /*result*/) {}

  virtual void unit_files_changed() {}

  virtual void startup_finished() {}
};

struct Timeouts {
  Duration first = std::chrono::seconds(5);   // for the first connection
  Duration stale = std::chrono::seconds(10);  // after a connection was lost
  Duration ping = std::chrono::seconds(4);    // from an answer to the next ping
  Duration answer = std::chrono::seconds(5);  // to a ping
  Backoff backoff;
};

class Systemd {
 public:
  Systemd(event::Loop& loop, bus::Scope scope, Timeouts timeouts = {});
  // With another link than the bus of `scope`.
  Systemd(event::Loop& loop, bus::Scope scope, Timeouts timeouts, const ManagerLink::Factory& link);
  Systemd(const Systemd&) = delete;
  Systemd& operator=(const Systemd&) = delete;
  ~Systemd() = default;

  // Borrows the follower, which must live as long as this object receives events.
  void attach(ManagerFollower& follower) { followers_.push_back(&follower); }

  // Calls a method of the manager object, or reads properties of the object at `path`. Must be
  // called only while up(). `done` receives the reply, however late, unless calls_dropped() is
  // called first. Replies arrive in the order of the calls.
  using Done = std::function<void(const bus::Reply&)>;
  void call(const std::string& member, Values arguments, Done done);
  void get(const std::string& path, const std::string& interface, const std::string& property,
           Done done);
  void get_all(const std::string& path, const std::string& interface, Done done);

  // Returns whether the manager can be called. If not, resync() is called once it can be.
  [[nodiscard]] bool up() const { return link_->up() && !reloading_; }

  // Returns whether the manager answers, except during a reload.
  [[nodiscard]] bool connected() const { return link_->up() && !is_silent_; }

  // Returns the reason of the latest gone(); none once the manager is back.
  [[nodiscard]] const std::optional<Unseen>& lost() const { return lost_; }

  [[nodiscard]] std::uint64_t reconnects() const { return reconnects_; }

  [[nodiscard]] std::uint64_t signals() const { return signals_; }

  [[nodiscard]] TimePoint now() const { return loop_.now(); }

  [[nodiscard]] bus::Scope scope() const { return scope_; }

 private:
  void on_up();
  void on_down(const std::string& why);
  void on_timeout();
  void on_ping_due();
  void on_pong();
  void on_signal(const bus::Signal& signal);
  void on_manager_signal(const bus::Signal& signal);
  void on_properties_changed(const bus::Signal& signal);
  void open_reload_window();
  void close_reload_window();
  void resync();
  // What is known is stale.
  void lose_sight(std::string why);
  void lose(Unseen why);
  [[nodiscard]] std::string bus_words() const;

  event::Loop& loop_;
  bus::Scope scope_;
  Timeouts timeouts_;
  std::vector<ManagerFollower*> followers_;
  std::string why_down_ = "no response yet";
  std::optional<Unseen> lost_;
  bool was_up_ = false;
  bool is_up_ = false;
  bool reloading_ = false;
  std::uint64_t reloads_ = 0;
  std::uint64_t reconnects_ = 0;
  std::uint64_t signals_ = 0;
  bool is_pinging_ = false;  // a ping is not answered yet
  bool is_silent_ = false;   // it was not answered in time
  event::Source timeout_;
  event::Source ping_;
  std::unique_ptr<ManagerLink> link_;
};
}  // namespace checklist::observe
