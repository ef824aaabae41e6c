// SPDX-License-Identifier: MIT
#include "config/spec_text.hpp"

#include <gmock/gmock.h>

#include "config/json.hpp"

namespace checklist::config {
namespace {
Dict parsed(const std::string& text) {
  return *parse_json(text).value->get<Dict>();
}

TEST(SpecText, OrdersKeysAsAPersonWould) {
  EXPECT_EQ(spec_text(parsed(R"({"checks": {"toggles": {}}, "settle": "1m", "severity": "info",
                                 "enabled": true, "group": "ml", "user": "dev", "unit": "x.service"})")),
            "{\n"
            "  \"unit\": \"x.service\",\n"
            "  \"user\": \"dev\",\n"
            "  \"group\": \"ml\",\n"
            "  \"enabled\": true,\n"
            "  \"severity\": \"info\",\n"
            "  \"settle\": \"1m\",\n"
            "  \"checks\": {\n"
            "    \"toggles\": {}\n"
            "  }\n"
            "}\n");
}

TEST(SpecText, KeepsOnOneLineWhatFits) {
  EXPECT_EQ(spec_text(parsed(R"({"unit": "x.service", "checks": {"dependencies":
                                 {"after": ["a.service", "b.service"]}}})")),
            "{\n"
            "  \"unit\": \"x.service\",\n"
            "  \"checks\": {\n"
            "    \"dependencies\": {\"after\": [\"a.service\", \"b.service\"]}\n"
            "  }\n"
            "}\n");
}

TEST(SpecText, BreaksLongListsAndObjects) {
  const std::string pattern(70, 'x');
  EXPECT_EQ(spec_text(parsed(R"({"checks": {"journal_errors": {"max": 1, "match": [")" + pattern +
                             R"(", ")" + pattern + R"("]}}})")),
            "{\n"
            "  \"checks\": {\n"
            "    \"journal_errors\": {\n"
            "      \"match\": [\n"
            "        \"" +
                pattern +
                "\",\n"
                "        \"" +
                pattern +
                "\"\n"
                "      ],\n"
                "      \"max\": 1\n"
                "    }\n"
                "  }\n"
                "}\n");
}

TEST(SpecText, IsReadAsTheSameSpec) {
  const Dict spec = parsed(
      R"({"unit": "a\\x2db.service", "checks": {"files": {"/é\"\n": {"mode": "0600"}}, "toggles": false}})");
  EXPECT_EQ(parsed(spec_text(spec)), spec);
}
}  // namespace
}  // namespace checklist::config
