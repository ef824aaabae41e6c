// SPDX-License-Identifier: MIT
#include "parse/config_test/config_tests.hpp"

#include <chrono>
#include <vector>

#include <nlohmann/json.hpp>

namespace checklist::parse {
namespace {
using nlohmann::json;
using End = ConfigTest::End;
constexpr int version = 1;

json to_json(const ConfigTest& test) {
  return {{"command", test.command},
          {"end", static_cast<int>(test.end)},
          {"status", test.status},
          {"output", test.output},
          {"problem", test.problem}};
}

ConfigTest test_of(const json& from) {
  const int end = from.at("end").get<int>();
  if (end < 0 || end > static_cast<int>(End::not_run)) {
    throw json::other_error::create(0, "unknown end", nullptr);
  }
  return {.command = from.at("command").get<std::vector<std::string>>(),
          .end = static_cast<End>(end),
          .status = from.at("status").get<int>(),
          .output = from.at("output").get<std::vector<std::string>>(),
          .problem = from.at("problem").get<std::string>()};
}
}  // namespace

std::string print_config_tests(const ConfigTests& tests) {
  json units = json::object();
  for (const auto& [unit, test] : tests.units) {
    units[unit] = to_json(test);
  }
  const auto made = std::chrono::duration_cast<Duration>(tests.made.time_since_epoch());
  const json out{{"version", version}, {"made", made.count()}, {"units", std::move(units)}};
  return out.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::optional<ConfigTests> config_tests(std::string_view text) {
  ConfigTests out;
  try {
    const json whole = json::parse(text);
    if (whole.at("version") != version) {
      return std::nullopt;
    }
    out.made = TimePoint{Duration{whole.at("made").get<std::int64_t>()}};
    for (const auto& [unit, test] : whole.at("units").items()) {
      out.units.insert_or_assign(unit, test_of(test));
    }
  } catch (const json::exception&) {  // written by another version, or corrupt
    return std::nullopt;
  }
  return out;
}
}  // namespace checklist::parse
