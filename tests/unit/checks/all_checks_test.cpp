// SPDX-License-Identifier: MIT
// What holds for every check, whatever it decides.
#include <gmock/gmock.h>

#include "checklist/check.hpp"

#include "support/unit_world.hpp"

namespace checklist {
namespace {
using testing::a_service_in;
using testing::a_unit;
using testing::a_world;
using testing::texts;
using testing::World;

const std::string x = "x.service";
const Unseen denied{"permission", "access denied", ""};

// So that a check that runs only where something is given has something to look for.
Dict arguments_for(std::string_view check) {
  if (check == "port_bindings") {
    return {{"listen", texts({"tcp:127.0.0.1:80", "unix:/run/x.sock"})}};
  }
  if (check == "gpu_device_access") {
    return {{"devices", texts({"/dev/nvidia0", "/dev/dri/renderD*"})}};
  }
  if (check == "health_probe") {
    return {{"url", Value{std::string("http://127.0.0.1:80/")}}};
  }
  if (check == "resource_limits") {
    return {{"MemoryMax", Value{std::string("50%")}},
            {"LimitNOFILE", Value{std::string("1024:4096")}}};
  }
  if (check == "hardening") {
    return {{"NoNewPrivileges", Value{true}},
            {"ProtectSystem", Value{std::string("strict")}},
            {"SystemCallFilter", Value{std::string("@system-service")}},
            {"max_exposure", Value{2.0}}};
  }
  if (check == "files") {
    return {{"/run/x.key", Value{Dict{{"owner", Value{std::string("root")}}}}},
            {"/run/x/*", Value{Dict{}}}};
  }
  return {};
}

// The answers of a host on which x.service runs, is enabled and listens on one port.
Unit answer(const UnitKey& key) {
  return a_unit(key.name, ActiveState::active, "running");
}

Value answer(const PropertyKey& key) {
  return key.name == "ControlGroup" ? Value{"/system.slice/" + key.unit} : Value{Values{}};
}

std::string answer(const EnablementKey& /*key*/) {
  return "enabled";
}

SystemState answer(const SystemStateKey& /*key*/) {
  return SystemState::running;
}

Host answer(const HostKey& /*key*/) {
  return {.version = "252",
          .boot_id = {},
          .default_target = "multi-user.target",
          .unit_path = {"/etc/systemd/system"}};
}

std::vector<Listener> answer(const ListenersKey& /*key*/) {
  return {{.protocol = Protocol::tcp,
           .address = "127.0.0.1",
           .port = 80,
           .uid = 0,
           .cgroup_id = 7,
           .cgroup = "/system.slice/x.service"}};
}

FileStatus answer(const FileKey& /*key*/) {
  FileStatus out;
  out.type = "missing";
  return out;
}

UnitFile answer(const UnitFileKey& /*key*/) {
  return {.exists = true, .directives = {}};
}

std::vector<InstallLink> answer(const InstallLinksKey& key) {
  return {{.path = "/etc/systemd/system/multi-user.target.wants/" + key.name,
           .target = "multi-user.target",
           .kind = "wants"}};
}

std::optional<Exercise> answer(const ExerciseKey& /*key*/) {
  return Exercise{.at = {}, .steps = {}, .definition = {}};
}

bool answer(const LingerKey& /*key*/) {
  return true;
}

template <class Key>
typename Key::Fact answer(const Key& /*key*/) {
  return {};
}

// Puts what `fact_of` says of each key that was asked for and is pending.
template <class... Keys>
void answer_all(FactStore<Keys...>& facts, const auto& fact_of) {
  const auto one = [&]<class Key>(std::type_identity<Key>) {
    for (const Key& key : facts.template wanted<Key>().value_or(std::set<Key>{})) {
      if (facts.read(key, 1).pending()) {
        facts.put(key, fact_of(key));
      }
    }
  };
  (one(std::type_identity<Keys>{}), ...);
}

const auto by_answer = []<class Key>(const Key& key) -> Observed<typename Key::Fact> {
  return answer(key);
};
const auto by_denial = []<class Key>(const Key& /*key*/) -> Observed<typename Key::Fact> {
  return denied;
};

// Evaluates until nothing is pending.
Findings settled(World& world, const Named<CheckDef>& check, const Dict& arguments,
                 const auto& fact_of) {
  Findings out = world.evaluate(*check.def, arguments);
  for (int round = 0; world.pending(); ++round) {
    if (round == 100) {
      ADD_FAILURE() << check.name << " asks without end";
      return out;
    }
    answer_all(world.facts(), fact_of);
    out = world.evaluate(*check.def, arguments);
  }
  return out;
}

std::string described(const Findings& findings) {
  std::string out;
  for (const Finding& finding : findings) {
    out += "\n  " + std::string(text(finding.status)) + " " + finding.subject + " " +
           finding.reason + ": " + finding.observed;
  }
  return out;
}

World booted() {
  World world = a_world(x);
  world.with(HostKey{}, answer(HostKey{})).with(SystemStateKey{}, SystemState::running);
  return world;
}

TEST(AllChecks, ArePendingUntilTheirFactsAreSeen) {
  for (const auto& check : all_checks()) {
    World world = a_world(x);
    const Findings findings = world.evaluate(*check.def, arguments_for(check.name));
    EXPECT_TRUE(world.pending()) << check.name;
    EXPECT_NE(worst(findings), Status::fail) << check.name << described(findings);
  }
}

TEST(AllChecks, AreUnknownWhereNothingCouldBeSeen) {
  for (const auto& check : all_checks()) {
    World world = a_world(x);
    const Findings findings = settled(world, check, arguments_for(check.name), by_denial);
    EXPECT_EQ(worst(findings), Status::unknown) << check.name << described(findings);
    for (const Finding& finding : findings) {
      EXPECT_FALSE(finding.reason.empty()) << check.name;
      EXPECT_FALSE(finding.observed.empty()) << check.name;
    }
  }
}

TEST(AllChecks, NeverFailWhereOnlyTheUnitCouldBeSeen) {
  for (const auto& check : all_checks()) {
    for (const auto active : {ActiveState::active, ActiveState::reloading, ActiveState::inactive,
                              ActiveState::activating, ActiveState::deactivating}) {
      World world = booted();
      world.with(UnitKey{x}, a_unit(x, active, "sub"));
      const Findings findings = settled(world, check, arguments_for(check.name), by_denial);
      EXPECT_NE(worst(findings), Status::fail)
          << check.name << ", " << text(active) << described(findings);
    }
  }
}

TEST(AllChecks, PassWhatTheyCapture) {
  for (const auto& check : all_checks()) {
    World world = a_service_in(ActiveState::active, "running");
    (void)settled(world, check, arguments_for(check.name),
                  by_answer);  // asks what evaluating asks for
    Dict captured = world.capture(*check.def);
    answer_all(world.facts(), by_answer);
    captured = world.capture(*check.def);
    if (captured.empty() && check.def->runs == RunsWhen::when_configured) {
      continue;  // there is nothing that it could be held to
    }
    const Findings findings = settled(world, check, captured, by_answer);
    EXPECT_LE(worst(findings), Status::pass) << check.name << described(findings);
  }
}

TEST(AllChecks, FailWithAReasonAndSomethingToDo) {
  for (const auto& check : all_checks()) {
    World world = booted();
    world.with(UnitKey{x}, a_unit(x, ActiveState::failed, "failed"));
    for (const Finding& finding : settled(world, check, arguments_for(check.name), by_answer)) {
      if (finding.status == Status::fail) {
        EXPECT_FALSE(finding.subject.empty()) << check.name;
        EXPECT_FALSE(finding.reason.empty()) << check.name;
        EXPECT_FALSE(finding.observed.empty()) << check.name;
        EXPECT_FALSE(finding.hint.empty()) << check.name;
      }
    }
  }
}
}  // namespace
}  // namespace checklist
