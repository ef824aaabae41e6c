// SPDX-License-Identifier: MIT
// Each check and host check has its page, which names all its parameters, and its row in README's
// table; no page and no row is left over.
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
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

TEST(Readme, HasARowForEachCheckAndNoOther) {
  std::map<std::string, std::string> expected;  // by name: the mark of a host check
  for (const auto& check : all_checks()) {
    expected.emplace(check.name, "");
  }
  for (const auto& check : all_host_checks()) {
    expected.emplace(check.name, " (host)");
  }
  const std::regex row(R"(\| \[(\w+)\]\(docs/checks/(\w+)\.md\)( \(host\))? \| .+ \|)");
  std::map<std::string, std::string> rows;
  std::ifstream readme(fs::path(SOURCE_DIR) / "README.md");
  for (std::string line; std::getline(readme, line);) {
    std::smatch match;
    if (std::regex_match(line, match, row)) {
      EXPECT_EQ(match[1], match[2]);
      EXPECT_TRUE(rows.emplace(match[1], match[3]).second) << line;
    }
  }
  EXPECT_EQ(rows, expected);
}
}  // namespace
}  // namespace checklist
