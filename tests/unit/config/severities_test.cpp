// SPDX-License-Identifier: MIT
#include "config/severities.hpp"

#include <gmock/gmock.h>

#include "config/spec_file.hpp"

namespace checklist::config {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Type = ParameterType<Severities>;

Value word(const char* text) {
  return {std::string(text)};
}

std::vector<std::string> places(const Value& value) {
  ConfigErrors errors;
  (void)Type::parse(value, "/severity", errors);
  std::vector<std::string> out;
  for (const ConfigError& error : errors) {
    out.push_back(error.pointer);
  }
  return out;
}

TEST(Severities, AreOneWordOrOneForEachCheck) {
  ConfigErrors errors;
  const auto one = Type::parse(word("critical"), "", errors);
  EXPECT_EQ(one->of_unit, Severity::critical);
  EXPECT_EQ(Type::print(*one), word("critical"));
  const Value given{Dict{{"default", word("info")}, {"hardening", word("critical")}}};
  const auto some = Type::parse(given, "", errors);
  EXPECT_EQ(some->of_unit, Severity::info);
  EXPECT_EQ(some->of_checks.at("hardening"), Severity::critical);
  EXPECT_EQ(Type::print(*some), given);
  EXPECT_THAT(errors, IsEmpty());
}

TEST(Severities, AreRefusedWithTheirPlace) {
  EXPECT_THAT(places(word("urgent")), ElementsAre("/severity"));
  EXPECT_THAT(places(Value{std::int64_t{3}}), ElementsAre("/severity"));
  EXPECT_THAT(places(Value{Dict{{"hardening", word("urgent")}, {"hardenin", word("info")}}}),
              ElementsAre("/severity/hardenin", "/severity/hardening"));
}

// Returns the severity of a check of the spec.
Severity severity(const Value& given, std::string_view check) {
  ConfigErrors errors;
  const Service service = read_spec({{"unit", word("x.service")},
                                     {"severity", given},
                                     {"checks", Value{Dict{{"hardening", Value{true}}}}}},
                                    {}, errors);
  EXPECT_THAT(errors, IsEmpty());
  return std::ranges::find(service.checks, check, &NamedCheck::name)->severity;
}

TEST(Severities, OfAPostureAreAtMostAWarningUnlessTheSpecSaysSo) {
  EXPECT_EQ(severity(word("critical"), "service_state"), Severity::critical);
  EXPECT_EQ(severity(word("critical"), "hardening"), Severity::warning);
  EXPECT_EQ(severity(word("info"), "hardening"), Severity::info);
  const Value given{Dict{{"default", word("critical")}, {"hardening", word("critical")}}};
  EXPECT_EQ(severity(given, "hardening"), Severity::critical);
  EXPECT_EQ(severity(given, "toggles"), Severity::warning);
}
}  // namespace
}  // namespace checklist::config
