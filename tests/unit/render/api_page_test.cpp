// SPDX-License-Identifier: MIT
// docs/api.md names every member of the report.
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "render/report_json.hpp"
#include "render/reports.hpp"

namespace checklist::render {
namespace {
void collect(const nlohmann::json& value, std::set<std::string>& names) {
  if (!value.is_structured()) {
    return;
  }
  for (const auto& [name, member] : value.items()) {
    if (value.is_object()) {
      names.insert(name);
    }
    collect(member, names);
  }
}

TEST(ApiPage, NamesEveryMemberOfTheReport) {
  std::ifstream file(SOURCE_DIR "/docs/api.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  Report report = testing::sample();
  auto host = std::make_shared<HostReport>(*report.host);
  host->failed_units = 1;
  host->nixos_generation = 2;
  host->nixos_reboot_needed = true;
  report.host = host;
  std::set<std::string> names;
  collect(nlohmann::json::parse(report_json(report)), names);
  EXPECT_GT(names.size(), 40U);
  for (const std::string& name : names) {
    EXPECT_THAT(page, ::testing::HasSubstr("`" + name + "`")) << name;
  }
}
}  // namespace
}  // namespace checklist::render
