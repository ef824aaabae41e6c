// SPDX-License-Identifier: MIT
// Each check and host check has its page, which names all its parameters; no page is left over.
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gmock/gmock.h>

#include "checklist/check.hpp"

namespace checklist {
namespace {
namespace fs = std::filesystem;
const fs::path pages = fs::path(SOURCE_DIR) / "docs/checks";

std::string page_of(std::string_view check) {
  std::ifstream file(pages / (std::string(check) + ".md"));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::map<std::string, Dict> schemas() {
  std::map<std::string, Dict> out;
  for (const auto& [name, def] : all_checks()) {
    out[std::string(name)] = def->schema();
  }
  for (const auto& [name, def] : all_host_checks()) {
    out[std::string(name)] = def->schema();
  }
  return out;
}

TEST(Pages, OpenWithTheChecksName) {
  for (const auto& [name, schema] : schemas()) {
    EXPECT_TRUE(page_of(name).starts_with("# " + name + "\n")) << name;
  }
}

// Of a check, or of each entry where its parameters are a map.
const Dict* parameters_of(const Dict& schema) {
  const auto own = schema.find("properties");
  const auto* entry = schema.at("additionalProperties").get<Dict>();
  return own != schema.end() ? own->second.get<Dict>()
         : entry != nullptr  ? entry->at("properties").get<Dict>()
                             : nullptr;
}

TEST(Pages, NameEveryParameter) {
  for (const auto& [name, schema] : schemas()) {
    const auto* properties = parameters_of(schema);
    ASSERT_NE(properties, nullptr) << name;
    const std::string page = page_of(name);
    for (const auto& [parameter, ignored] : *properties) {
      EXPECT_THAT(page, ::testing::HasSubstr("\n| `" + parameter + "`")) << name;
    }
  }
}

TEST(Pages, SayWhatTheReasonsAre) {
  for (const auto& [name, schema] : schemas()) {
    EXPECT_THAT(page_of(name), ::testing::HasSubstr("\n## Reasons\n")) << name;
  }
}

TEST(Pages, AreOfChecksThatExist) {
  const auto known = schemas();
  for (const auto& entry : fs::directory_iterator(pages)) {
    EXPECT_TRUE(known.contains(entry.path().stem())) << entry.path();
  }
}
}  // namespace
}  // namespace checklist
