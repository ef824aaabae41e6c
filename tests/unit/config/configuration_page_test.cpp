// SPDX-License-Identifier: MIT
// docs/configuration.md lists each key of checklistd.json, with its default and range.
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "checklist/check.hpp"

#include "config/schema.hpp"

namespace checklist::config {
namespace {
using nlohmann::json;
using ::testing::HasSubstr;

std::string page() {
  std::stringstream text;
  text << std::ifstream(SOURCE_DIR "/docs/configuration.md").rdbuf();
  return text.str();
}

// The table's row of a key; empty if it has none.
std::string row_of(const std::string& key) {
  std::istringstream lines(page());
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("| `" + key + "` |")) {
      return line;
    }
  }
  return {};
}

// Sections stand as "limits.findings".
std::map<std::string, json> keys(const json& schema, const std::string& prefix = "") {
  std::map<std::string, json> out;
  for (const auto& [key, entry] : schema.at("properties").items()) {
    const bool is_section = key == "events" || key == "limits" || key == "metrics" || key == "web";
    if (is_section) {
      out.merge(keys(entry, key + "."));
    } else {
      out.emplace(prefix + key, entry);
    }
  }
  return out;
}

std::string plain(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

TEST(ConfigurationPage, HasARowForEachKey) {
  const auto all = keys(json::parse(daemon_schema()));
  ASSERT_GT(all.size(), 8U);
  for (const auto& [key, entry] : all) {
    EXPECT_FALSE(row_of(key).empty()) << key;
  }
}

TEST(ConfigurationPage, TellsDefaultsAndRanges) {
  for (const auto& [key, entry] : keys(json::parse(daemon_schema()))) {
    if (entry.contains("default") && plain(entry["default"]) != "\"\"" && key != "$schema") {
      EXPECT_THAT(row_of(key), HasSubstr("| `" + plain(entry["default"]) + "` |")) << key;
    }
    if (entry.contains("minimum")) {
      EXPECT_THAT(row_of(key), HasSubstr("| " + plain(entry["minimum"]) + " to " +
                                         plain(entry["maximum"]) + " |"))
          << key;
    }
    if (entry.contains("$comment")) {  // "from 1s to 1h"
      const auto range = plain(entry["$comment"]).substr(5);
      EXPECT_THAT(row_of(key), HasSubstr("`" + range.substr(0, range.find(' ')) + "` to `" +
                                         range.substr(range.rfind(' ') + 1) + "`"))
          << key;
    }
  }
}

TEST(ConfigurationPage, NamesEveryHostCheck) {
  for (const auto& [name, def] : all_host_checks()) {
    EXPECT_THAT(page(), HasSubstr("[" + std::string(name) + "](checks/" + std::string(name)))
        << name;
  }
}
}  // namespace
}  // namespace checklist::config
