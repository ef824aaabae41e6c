// SPDX-License-Identifier: MIT
#include "config/schema.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "checklist/check.hpp"

namespace checklist::config {
namespace {
using nlohmann::json;

TEST(Schema, OfAServiceDescribesEveryCheck) {
  const json checks = json::parse(service_schema()).at("properties").at("checks");
  ASSERT_FALSE(all_checks().empty());
  for (const auto& [name, def] : all_checks()) {
    EXPECT_NE(checks.dump().find("\"" + std::string(name) + "\":"), std::string::npos) << name;
    EXPECT_NE(checks.dump().find(json(std::string(def->summary)).dump()), std::string::npos)
        << name;
  }
}

TEST(Schema, RefusesUnknownKeys) {
  for (const std::string& schema : {service_schema(), daemon_schema()}) {
    EXPECT_EQ(json::parse(schema).at("additionalProperties"), false);
  }
}

TEST(Schema, SaysWhichDraftItIsOf) {
  EXPECT_EQ(json::parse(service_schema()).at("$schema"),
            "https://json-schema.org/draft/2020-12/schema");
}
}  // namespace
}  // namespace checklist::config
