// SPDX-License-Identifier: MIT
// The specs that an installation brings: each loads, as the system's instance and the user's.
#include <set>

#include "config/fixture.hpp"

namespace checklist::config {
namespace {
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const std::string shipped = SOURCE_DIR "/config/";

Locations shipped_locations(const std::string& user) {
  return {.daemon_file = shipped + "no-such-file.json",
          .daemon_file_required = false,
          .directories = {user.empty() ? shipped + "services.d" : shipped + "no-such-directory"},
          .user_directories = {shipped + "user-services.d"},
          .directories_required = false,
          .user = user};
}

std::vector<std::string> problems_of(const Loaded& loaded) {
  std::vector<std::string> out;
  for (const Problem& problem : loaded.problems) {
    out.push_back(text(problem));
  }
  return out;
}

std::set<std::string> units_of(const Loaded& loaded) {
  std::set<std::string> out;
  for (const Service& service : loaded.configuration.services) {
    out.insert(service.spec.unit);
  }
  return out;
}

TEST(ShippedSpecs, LoadForTheSystem) {
  const Loaded loaded = load(shipped_locations(""));
  EXPECT_THAT(problems_of(loaded), IsEmpty());
  EXPECT_THAT(units_of(loaded),
              UnorderedElementsAre(
                  "clamav-daemon.service", "clamav-scan.service", "clamav-scan.timer",
                  "docker-pull-images.service", "grafana.service", "llamacpp.service",
                  "ollama-gpu-manager.service", "ollama.service", "prometheus-alertmanager.service",
                  "prometheus.service", "setup-system-credentials.service", "sshd.service"));
  ASSERT_EQ(loaded.configuration.of_users.size(), 1U);
  EXPECT_EQ(loaded.configuration.of_users[0].unit, "jupyter.service");
}

TEST(ShippedSpecs, LoadForTheUser) {
  const Loaded loaded = load(shipped_locations("dev"));
  EXPECT_THAT(problems_of(loaded), IsEmpty());
  EXPECT_THAT(units_of(loaded), UnorderedElementsAre("jupyter.service"));
}

TEST(ShippedSpecs, EveryOneRunsTheChecksThatNeedNoParameters) {
  for (const Service& service : load(shipped_locations("")).configuration.services) {
    std::set<std::string_view> checks;
    for (const NamedCheck& check : service.checks) {
      checks.insert(check.name);
    }
    for (const char* name : {"service_state", "dependencies", "toggles", "boot_start",
                             "journal_errors", "unit_definition"}) {
      EXPECT_TRUE(checks.contains(name)) << service.spec.unit << " " << name;
    }
  }
}
}  // namespace
}  // namespace checklist::config
