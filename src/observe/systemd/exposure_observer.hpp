// SPDX-License-Identifier: MIT
// Exposure levels of services, from `systemd-analyze security`. A run costs PID 1 milliseconds;
// therefore services are analyzed one at a time, and only after a reload or a start of the service.
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
    Duration interval = std::chrono::seconds(5);     // between two runs for one service
  };

  ExposureObserver(event::Loop& loop, bus::Scope scope, Put<ExposureKey> put, Options options);

  // Keys must hold canonical names.
  void follow(const std::set<ExposureKey>& keys) override;
  // Analyzes services again whose level could not be read.
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

  void analyze_next();
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

// The system call groups of SystemCallFilter=, which differ between versions of systemd.
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
