// SPDX-License-Identifier: MIT
#include "capture/units_on_disk.hpp"

#include <gmock/gmock.h>

#include "capture/compose.hpp"
#include "config/spec_text.hpp"
#include "unit/capture/unit.hpp"

namespace checklist::capture {
namespace {
UnitOnDisk unit(std::vector<UnitFileEntry> lines,
                std::set<std::string> linked = {"multi-user.target"}) {
  return {.files = {{.exists = true, .directives = std::move(lines)}},
          .aliases = {},
          .linked = std::move(linked),
          .masked = false};
}

std::string spec_of(const std::string& name, const UnitsOnDisk& all) {
  return config::spec_text(compose(captured_on_disk(name, all), nullptr, {}));
}

std::string spec(const std::string& text) {
  return config::spec_text(parsed(text));
}

TEST(CapturedOnDisk, SaysWhatTheFilesSay) {
  UnitsOnDisk all{{"db.service", unit({})},
                  {"x.service", unit({{"Unit", "After", "db.service gone.service"},
                                      {"Unit", "Requires", "db.service"},
                                      {"Service", "ExecStart", "-/usr/bin/xd --port 1"},
                                      {"Service", "NoNewPrivileges", "on"},
                                      {"Service", "SystemCallFilter", "@system-service"},
                                      {"Service", "SystemCallFilter", "~@privileged"},
                                      {"Service", "ReadWritePaths", "/var/%n"},
                                      {"Service", "LimitNOFILE", "4096"}})}};
  all.at("x.service").aliases = {"y.service"};
  EXPECT_EQ(spec_of("x.service", all), spec(R"({"unit": "x.service", "checks": {
    "dependencies": {"after": ["db.service"], "requires": ["db.service"]},
    "hardening": {"NoNewPrivileges": true, "SystemCallFilter": ["@system-service", "~@privileged"]},
    "resource_limits": {"LimitNOFILE": 4096},
    "unit_definition": {"aliases": ["y.service"]}}})"));
  EXPECT_EQ(captured_on_disk("x.service", all).programs, std::vector<std::string>{"/usr/bin/xd"});
}

TEST(CapturedOnDisk, ADropInWinsAndAnEmptyLineResets) {
  UnitsOnDisk all{{"x.service", unit({{"Service", "ProtectSystem", "yes"},
                                      {"Service", "CapabilityBoundingSet", "CAP_CHOWN"}})}};
  all.at("x.service")
      .files.push_back({.exists = true,
                        .directives = {{"Service", "ProtectSystem", "strict"},
                                       {"Service", "CapabilityBoundingSet", ""}}});
  EXPECT_EQ(spec_of("x.service", all), spec(R"({"unit": "x.service", "checks": {
                       "hardening": {"CapabilityBoundingSet": "", "ProtectSystem": "strict"}}})"));
}

TEST(CapturedOnDisk, ASocketListens) {
  const UnitsOnDisk all{{"x.socket", unit({{"Socket", "ListenStream", "80"},
                                           {"Socket", "ListenStream", "[::1]:81"},
                                           {"Socket", "ListenStream", "/run/x.sock"},
                                           {"Socket", "ListenDatagram", "127.0.0.1:53"}})}};
  EXPECT_EQ(spec_of("x.socket", all),
            spec(R"({"unit": "x.socket", "checks": {"port_bindings": {"listen": [
    "tcp:*:80", "tcp:[::1]:81", "udp:127.0.0.1:53", "unix:/run/x.sock"]}}})"));
}

TEST(CapturedOnDisk, TellsUnitsThatNothingStarts) {
  const UnitsOnDisk all{{"idle.service", unit({}, {})},
                        {"off.service", unit({{"Install", "WantedBy", "multi-user.target"}}, {})},
                        {"timed.service", unit({}, {})},
                        {"timed.timer", unit({})},
                        {"wanted.service", unit({}, {})},
                        {"wants.service", unit({{"Unit", "Wants", "wanted.service"}})}};
  EXPECT_EQ(spec_of("idle.service", all),
            spec(R"({"unit": "idle.service", "checks": {"boot_start": false}})"));
  EXPECT_EQ(
      spec_of("off.service", all),
      spec(
          R"({"unit": "off.service", "checks": {"boot_start": false, "toggles": {"state": ["disabled"]}}})"));
  EXPECT_EQ(spec_of("timed.service", all), spec(R"({"unit": "timed.service"})"));
  EXPECT_EQ(spec_of("wanted.service", all), spec(R"({"unit": "wanted.service"})"));
}

TEST(CapturedOnDisk, AMaskedUnitMustNotRun) {
  UnitsOnDisk all{{"x.service", {}}};
  all.at("x.service").masked = true;
  EXPECT_EQ(spec_of("x.service", all), spec(R"({"unit": "x.service", "enabled": false})"));
}
}  // namespace
}  // namespace checklist::capture
