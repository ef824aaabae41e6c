// SPDX-License-Identifier: MIT
// A service manager, as the observers see it: what it says reaches those attached, unless it is
// reloading; then they wait, and ask for everything anew when it is over.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checklist/observed.hpp"

#include "observe/systemd/systemd_link.hpp"
#include "observe/systemd/systemd_names.hpp"

namespace checklist::observe {
// One that follows the manager.
class ManagerFollower {
 public:
  virtual ~ManagerFollower() = default;
  // Connected, reloaded or re-executed: whatever was known may differ now; ask for everything anew.
  virtual void resync() = 0;
  // The manager cannot be asked for so long that what is known is stale.
  virtual void gone(const Unseen& why) = 0;

  // No answer comes any more to what was asked.
  virtual void forgotten() {}

  // A PropertiesChanged of a unit. `unit` is the canonical name.
  virtual void unit_changed(const std::string& /*unit*/, const std::string& /*interface*/,
                            const Dict& /*changed*/, const Values& /*invalidated*/) {}

  // It was loaded or unloaded, other than by a reload.
  virtual void unit_came_or_went(const std::string& /*unit*/) {}

  virtual void job_removed(const std::string& /*unit*/, const std::string& /*result*/) {}

  virtual void unit_files_changed() {}

  virtual void startup_finished() {}
};

struct Patience {
  Duration first = std::chrono::seconds(5);   // for the first connection
  Duration stale = std::chrono::seconds(10);  // after a connection was lost
  Backoff backoff;
};

class Systemd {
 public:
  Systemd(event::Loop& loop, bus::Scope scope, Patience patience = {});
  Systemd(const Systemd&) = delete;
  Systemd& operator=(const Systemd&) = delete;
  ~Systemd() = default;

  // Borrows; the follower must outlive this object's last turn.
  void attach(ManagerFollower& follower) { followers_.push_back(&follower); }

  // A method of the manager's own object, or the properties of another at `path`. Only while up().
  // `done` hears the answer however late it comes, unless forgotten() comes first.
  using Done = std::function<void(const bus::Reply&)>;
  void call(const std::string& member, Values arguments, Done done);
  void get(const std::string& path, const std::string& interface, const std::string& property,
           Done done);
  void get_all(const std::string& path, const std::string& interface, Done done);

  // Whether the manager can be asked now; otherwise resync() will say so.
  [[nodiscard]] bool up() const { return link_.up() && !reloading_; }

  [[nodiscard]] bool connected() const { return link_.up(); }

  // Set while gone() holds.
  [[nodiscard]] const std::optional<Unseen>& lost() const { return lost_; }

  [[nodiscard]] std::uint64_t reconnects() const { return reconnects_; }

  [[nodiscard]] std::uint64_t signals() const { return signals_; }

  [[nodiscard]] TimePoint now() const { return loop_.now(); }

  [[nodiscard]] bus::Scope scope() const { return scope_; }

 private:
  void arrive();
  void lose(const std::string& why);
  void lose_patience();
  void hear(const bus::Signal& signal);
  void hear_manager(const bus::Signal& signal);
  void hear_unit(const bus::Signal& signal);
  void open_reload_window();
  void close_reload_window();
  void resync();

  event::Loop& loop_;
  bus::Scope scope_;
  Patience patience_;
  std::vector<ManagerFollower*> followers_;
  std::string why_down_ = "nobody answered yet";
  std::optional<Unseen> lost_;
  bool was_up_ = false;
  bool is_up_ = false;
  bool reloading_ = false;
  std::uint64_t window_ = 0;  // counts reloads
  std::uint64_t reconnects_ = 0;
  std::uint64_t signals_ = 0;
  event::Source out_of_patience_;
  SystemdLink link_;
};
}  // namespace checklist::observe
