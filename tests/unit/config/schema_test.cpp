// SPDX-License-Identifier: MIT
#include "config/schema.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

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

// Editors and others find them there without a build.
TEST(Schema, FilesAreTheGeneratedOnes) {
  for (const auto& [name, schema] :
       {std::pair("service", service_schema()), std::pair("checklistd", daemon_schema())}) {
    const std::string path = SOURCE_DIR "/config/schema/" + std::string(name) + ".schema.json";
    if (std::getenv("CHECKLIST_UPDATE_GOLDEN") != nullptr) {
      std::ofstream(path) << schema;
    }
    std::stringstream file;
    file << std::ifstream(path).rdbuf();
    EXPECT_TRUE(file.str() == schema)
        << path << " is of another build: run checklistctl schema --output-dir config/schema";
  }
}
}  // namespace
}  // namespace checklist::config
