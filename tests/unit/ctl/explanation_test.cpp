// SPDX-License-Identifier: MIT
#include "ctl/explanation.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::ctl {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

Spec a_spec() {
  Spec out;
  out.unit = "x.service";
  out.file = "/etc/checklistd/services.d/x.json";
  out.severity = Severity::critical;
  out.checks["port_bindings"] = {{"listen", Value{Values{Value{std::string("127.0.0.1:8080")}}}}};
  out.switched_off.insert("toggles");
  return out;
}

const Named<CheckDef>& the_check(std::string_view name) {
  return *std::ranges::find(all_checks(), name, &Named<CheckDef>::name);
}

TEST(Explanation, OfAUnitHasALineForEachCheck) {
  const Spec spec = a_spec();
  const std::string text = overview({.spec = spec, .row = nullptr}, {});
  EXPECT_THAT(text,
              HasSubstr("x.service  spec /etc/checklistd/services.d/x.json, severity critical"));
  EXPECT_THAT(text, HasSubstr("? unknown  port_bindings      checklistd does not report it"));
  EXPECT_THAT(text, HasSubstr("toggles            switched off by \"toggles\": false"));
  EXPECT_THAT(text, HasSubstr("hardening          not configured: the spec has no \"hardening\""));
  EXPECT_THAT(text, Not(HasSubstr("schedule")));  // of timers
}

TEST(Explanation, OfACheckHasItsVerdictAndItsParameters) {
  const Spec spec = a_spec();
  Finding listens = testing::passing("tcp:127.0.0.1:9090");
  listens.observed = "127.0.0.1:9090";
  const CheckResult result =
      testing::result("port_bindings", {testing::failing("tcp:127.0.0.1:8080", "*:8080"), listens});
  const auto row = testing::service("x.service", {result});
  const std::string text =
      explanation({.spec = spec, .row = row.get()}, the_check("port_bindings"), {});
  EXPECT_THAT(text, HasSubstr("✗ FAIL  x.service  port_bindings"));
  EXPECT_THAT(text, HasSubstr("A failure is critical (symptom)."));
  EXPECT_THAT(text, HasSubstr("    hint      Bind it to loopback."));
  EXPECT_THAT(text, HasSubstr("✓ pass  tcp:127.0.0.1:9090  127.0.0.1:9090"));
  EXPECT_THAT(text, HasSubstr("Parameters, from /etc/checklistd/services.d/x.json"));
  EXPECT_THAT(text, HasSubstr("  listen  [\"127.0.0.1:8080\"]\n"));
  EXPECT_THAT(text, HasSubstr("  (default)\n"));
}

TEST(Explanation, OfACheckThatDoesNotRunSaysWhy) {
  Spec spec = a_spec();
  EXPECT_THAT(explanation({.spec = spec, .row = nullptr}, the_check("schedule"), {}),
              HasSubstr("does not apply to this kind of unit"));
  spec.enabled = false;
  EXPECT_THAT(explanation({.spec = spec, .row = nullptr}, the_check("port_bindings"), {}),
              HasSubstr("skipped because of \"enabled\": false"));
}
}  // namespace
}  // namespace checklist::ctl
