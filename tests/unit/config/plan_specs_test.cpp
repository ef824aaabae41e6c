// SPDX-License-Identifier: MIT
// The specs of the migration plan: each loads, as the system's instance and the user's.
#include <set>

#include "config/fixture.hpp"

namespace checklist::config {
namespace {
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const std::string plan = SOURCE_DIR "/config/plan/";

Locations plan_locations(const std::string& user) {
  return {.daemon_file = plan + "no-such-file.json",
          .daemon_file_required = false,
          .directories = {user.empty() ? plan + "services.d" : plan + "no-such-directory"},
          .user_directories = {plan + "user-services.d"},
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

TEST(PlanSpecs, LoadForTheSystem) {
  const Loaded loaded = load(plan_locations(""));
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

TEST(PlanSpecs, LoadForTheUser) {
  const Loaded loaded = load(plan_locations("dev"));
  EXPECT_THAT(problems_of(loaded), IsEmpty());
  EXPECT_THAT(units_of(loaded), UnorderedElementsAre("jupyter.service"));
}

TEST(PlanSpecs, EveryOneRunsTheChecksThatNeedNoParameters) {
  for (const Service& service : load(plan_locations("")).configuration.services) {
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
