// SPDX-License-Identifier: MIT
// How exposed services are, by `systemd-analyze security`: one at a time, and only after the
// manager loaded units or the service was started anew, because it costs PID 1 milliseconds.
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>

#include "observe/observer.hpp"
#include "observe/systemd/systemd.hpp"
#include "observe/systemd/systemd_analyze.hpp"

namespace checklist::observe {
class ExposureObserver : public Observer<ExposureKey>, public ManagerFollower {
 public:
  struct Options {
    AnalyzeOptions analyze;
    Duration pause = std::chrono::milliseconds(30);  // between two services
    Duration interval = std::chrono::seconds(5);     // between two looks at one
  };

  ExposureObserver(event::Loop& loop, bus::Scope scope, Put<ExposureKey> put, Options options);

  // Keys are by canonical names.
  void follow(const std::set<ExposureKey>& keys) override;
  // Only at those that could not be seen.
  void look_again() override;
  void resync() override;
  void gone(const Unseen& why) override;
  void unit_changed(const std::string& unit, const std::string& interface, const Dict& changed,
                    const Values& invalidated) override;

 private:
  struct Followed {
    bool is_due = true;
    bool is_seen = false;
    TimePoint not_before{};
    Value invocation;
  };

  void look_at_next();
  void take(const ExposureKey& key, const Observed<std::string>& output);
  void arm();

  event::Loop& loop_;
  bus::Scope scope_;
  Put<ExposureKey> put_;
  Options options_;
  std::map<ExposureKey, Followed> followed_;
  TimePoint free_at_{};
  event::Source next_;
  std::unique_ptr<event::ChildOutput> running_;
};

// The groups of SystemCallFilter=, which differ from one systemd to the next.
class SyscallGroupsObserver : public Observer<SyscallGroupsKey> {
 public:
  SyscallGroupsObserver(event::Loop& loop, Put<SyscallGroupsKey> put, AnalyzeOptions options = {});

  void follow(const std::set<SyscallGroupsKey>& keys) override;
  void look_again() override;

 private:
  event::Loop& loop_;
  Put<SyscallGroupsKey> put_;
  AnalyzeOptions options_;
  bool followed_ = false;
  std::unique_ptr<event::ChildOutput> running_;
};
}  // namespace checklist::observe
