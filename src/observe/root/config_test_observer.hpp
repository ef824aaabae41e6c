// SPDX-License-Identifier: MIT
// Observes the results that checklistd-config-test.service writes, and asks it for new ones. Used
// only if the file is owned by root and writable by root alone.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "checklist/facts/config_tests.hpp"

#include "event/loop.hpp"
#include "event/path_watch.hpp"
#include "observe/observer.hpp"
#include "observe/root/root_look.hpp"
#include "parse/config_test/config_tests.hpp"

namespace checklist::observe {
inline constexpr auto config_tests_path = "/run/checklistd-config-test/results.json";
// In RuntimeDirectory= of checklistd.service; checklistd-config-test.path watches its directory.
inline constexpr auto config_test_request = "/run/checklistd-config-test-request/test";

class ConfigTestObserver : public Observer<ConfigTestKey> {
 public:
  ConfigTestObserver(event::Loop& loop, Put<ConfigTestKey> put,
                     std::string path = config_tests_path,
                     std::string request = config_test_request);

  void follow(const std::set<ConfigTestKey>& keys) override;
  void look_again() override;

  // No test is awaited or asked for. Must be called before the first key is followed.
  void disable(Unseen why) { disabled_ = std::move(why); }

 private:
  void open();
  void read();
  bool look(const ConfigTestKey& key, TimePoint followed);
  [[nodiscard]] bool is_fresh() const;
  [[nodiscard]] const ConfigTest* result(const ConfigTestKey& key) const;

  event::Loop& loop_;
  Put<ConfigTestKey> put_;
  std::string path_;
  std::optional<parse::ConfigTests> tests_;
  std::optional<Unseen> disabled_;
  std::map<ConfigTestKey, TimePoint> followed_;  // since when
  std::unique_ptr<event::PathWatch> watch_;
  event::Source wait_over_;
  event::Source expiry_;
  RootLook request_;
};
}  // namespace checklist::observe
