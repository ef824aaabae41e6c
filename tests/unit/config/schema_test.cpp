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
  for (const std::string& schema : {service_schema(), daemon_schema(), catalogue_schema()}) {
    EXPECT_EQ(json::parse(schema).at("additionalProperties"), false);
  }
}

TEST(Schema, OfAKindRefersToThatOfAServiceForWhatHoldsForEveryUnit) {
  const json service = json::parse(service_schema()).at("properties");
  const json spec = json::parse(catalogue_schema()).at("properties").at("spec");
  EXPECT_EQ(spec.at("additionalProperties"), false);
  for (const char* key : {"unit", "user", "enabled", "$schema"}) {
    EXPECT_FALSE(spec.at("properties").contains(key)) << key;
  }
  EXPECT_EQ(spec.at("properties").at("checks").at("$ref"),
            "service.schema.json#/properties/checks");
  EXPECT_EQ(spec.at("properties").size(), service.size() - 4);
}

TEST(Schema, SaysWhichDraftItIsOf) {
  EXPECT_EQ(json::parse(service_schema()).at("$schema"),
            "https://json-schema.org/draft/2020-12/schema");
}

// Editors and others find them there without a build.
TEST(Schema, FilesAreTheGeneratedOnes) {
  for (const auto& [name, schema] :
       {std::pair("service", service_schema()), std::pair("checklistd", daemon_schema()),
        std::pair("catalogue", catalogue_schema())}) {
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
