// SPDX-License-Identifier: MIT
#include "config/json.hpp"

#include <gmock/gmock.h>

namespace checklist::config {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

// The first error in a text, as "LINE:COLUMN: MESSAGE".
std::string error(const std::string& text) {
  const Json json = parse_json(text);
  if (json.errors.empty()) {
    return "none";
  }
  const Place place = place_of(text, json.errors.front().offset);
  return std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
         json.errors.front().message;
}

constexpr const char* a_value = "a value (a string, a number, true, false, a list or an object)";

TEST(Json, ReportsWhatWasExpectedAndFound) {
  const std::string expected_value = std::string("expected ") + a_value;
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "1:1: expected an object in braces, found the end of the file"},
      {"\n\n  ", "3:3: expected an object in braces, found the end of the file"},
      {"{", "1:2: expected a key in double quotes or '}', found the end of the file"},
      {"{unit: 1}", "1:2: expected a key in double quotes or '}', found 'unit'"},
      {"{'unit': 1}", "1:2: expected a key in double quotes or '}', found a single quote"},
      {"{\"a\" 1}", "1:6: expected ':' after the key, found '1'"},
      {"{\"a\"", "1:5: expected ':' after the key, found the end of the file"},
      {"{\"a\":}", "1:6: " + expected_value + ", found '}'"},
      {"{\"a\": True}", "1:7: " + expected_value + ", found 'True'"},
      {"{\"a\": tru}", "1:7: " + expected_value + ", found 'tru'"},
      {"{\"a\": 1 \"b\": 2}", "1:9: expected ',' or '}', found a string"},
      {"{\"a\": 01}", "1:8: expected ',' or '}', found '1'"},
      {"{\"a\": 1,}", "1:9: expected a key in double quotes after the comma, found '}'"},
      {"{\"a\": [1,]}", "1:10: " + expected_value + " after the comma, found ']'"},
      {"{\"a\": [1 2]}", "1:10: expected ',' or ']', found '2'"},
      {"{\"a\": [", "1:8: " + expected_value + " or ']', found the end of the file"},
      {"{\"a\": -}", "1:7: " + expected_value + ", found '-'"},
      {"{\"a\": 1} x", "1:10: expected the end of the file, found 'x'"},
      {"{\"a\": 1}}", "1:9: expected the end of the file, found '}'"},
      {"{ // note\n}",
       "1:3: expected a key in double quotes or '}', found '/' (JSON has no comments)"},
      {"{\"a\": \"x", "1:7: expected a closing double quote, found the end of the file"},
      {"{\"a\": \"x\n\"}", "1:7: expected a closing double quote, found the end of the line"},
      {"{\"a\": \"x\ty\"}",
       "1:7: expected an escape such as \\t, found a control character in a string"},
      {R"({"a": "\d"})",
       R"(1:7: expected one of JSON's escapes (\" \\ \/ \b \f \n \r \t \uXXXX) in a string, found another)"},
      {R"({"a": "\ud800"})",
       R"(1:7: expected one of JSON's escapes (\" \\ \/ \b \f \n \r \t \uXXXX) in a string, found another)"},
      {R"({"a": "\\ud800" 1})", "1:17: expected ',' or '}', found '1'"},
      {R"({"a" "b\ud800"})",
       R"(1:6: expected one of JSON's escapes (\" \\ \/ \b \f \n \r \t \uXXXX) in a string, found another)"},
      {R"({"a" "b"})", "1:6: expected ':' after the key, found a string"},
      {"{\"a\": 1.5.3}", "1:10: expected ',' or '}', found '.3'"},
      {"{\"a\": 1e999}", "1:7: expected a number that fits into 64 bits, found a larger one"},
      {"{\"ä\": \"ü\", 1}", "1:12: expected a key in double quotes after the comma, found '1'"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(error(text), expected) << text;
  }
}

TEST(Json, RefusesInvalidUtf8) {
  EXPECT_EQ(error("\xEF\xBB\xBF{}"), "1:1: expected UTF-8 without a byte order mark, found one");
  EXPECT_EQ(error(std::string("{\"a\": \0}", 8)), "1:7: expected UTF-8 text, found a NUL byte");
  for (const char* bad :
       {"\xFF", "\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE2\x82"}) {
    EXPECT_EQ(error("{\"ab\": \"" + std::string(bad) + "\"}"),
              "1:9: expected UTF-8 text, found an invalid byte");
  }
  for (const char* good : {"ä", "€", "😀", "\u007f", "\uffff"}) {
    EXPECT_EQ(error("{\"ab\": \"" + std::string(good) + "\"}"), "none");
  }
}

TEST(Json, KnowsThePlaceOfEveryMember) {
  const std::string text = "{\n  \"a\": [10, {\"b/c\": 2}],\n  \"d\" : {}\n}";
  const Json json = parse_json(text);
  ASSERT_TRUE(json.value);
  std::vector<std::pair<std::string, std::string>> places;
  for (const auto& [pointer, offset] : json.offsets) {
    places.emplace_back(pointer, text.substr(offset, 2));
  }
  EXPECT_THAT(places,
              ElementsAre(Pair("", "{\n"), Pair("/a", "\"a"), Pair("/a/0", "10"),
                          Pair("/a/1", "{\""), Pair("/a/1/b~1c", "\"b"), Pair("/d", "\"d")));
}

TEST(Json, KeepsNoPlacesBelowALongKey) {
  std::string text = R"({"x": 1, ")" + std::string(500'000, 'k') + R"(": {)";
  for (int i = 0; i < 50'000; ++i) {
    text += "\"" + std::to_string(i) + "\":1,";
  }
  const Json json = parse_json(text + R"("y": ]}})");  // places of all its members took 25 GB
  EXPECT_EQ(json.offsets.size(), 2U);
  ASSERT_EQ(json.errors.size(), 1U);
  EXPECT_EQ(json.errors[0].offset, text.size() + 5);
}

TEST(Json, RefusesMoreKeysThanItMayHave) {
  const Json json = parse_json(R"({"a": {"b": 1, "c": 2, "d": 3}})", 2);
  ASSERT_EQ(json.errors.size(), 1U);
  EXPECT_EQ(json.errors[0].pointer, "/a");
  EXPECT_EQ(json.errors[0].message, "expected at most 2 keys in an object, found more");
  EXPECT_FALSE(json.value);
  EXPECT_TRUE(parse_json(R"({"a": {"b": 1, "c": 2}})", 2).value);
}

TEST(Json, ReportsEveryDuplicateKey) {
  const Json json = parse_json(R"({"a": 1, "b": {"c": 1, "c": 2}, "a": 3})");
  ASSERT_THAT(json.errors, SizeIs(2));
  EXPECT_EQ(json.errors[0].pointer, "/b/c");
  EXPECT_EQ(json.errors[1].pointer, "/a");
  EXPECT_EQ(json.errors[1].message, "expected each key once, found a duplicate");
}

TEST(Json, RefusesAnEscapedNul) {
  EXPECT_EQ(error(R"({"a": "x\u0000y"})"), "1:2: expected a string without NUL, found one");
  EXPECT_EQ(error(R"({"a\u0000": 1})"), "1:2: expected a string without NUL, found one");
}

TEST(Json, SurvivesANestingBomb) {
  EXPECT_EQ(error(std::string(1 << 20, '[')),
            "1:33: expected at most 32 levels of nesting, found more");
  const std::string fits = std::string(32, '[') + std::string(32, ']');
  EXPECT_EQ(error(fits), "none");
}

TEST(Json, ReadsEveryKindOfValueAndPrintsItBack) {
  const std::string text =
      R"({"b": true, "d": 1.5, "i": -3, "l": [null, "x"], "o": {"k": "ü"}, "u": 18446744073709551615})";
  const Json json = parse_json(text);
  EXPECT_THAT(json.errors, IsEmpty());
  ASSERT_TRUE(json.value);
  const Dict& dict = *json.value->get<Dict>();
  EXPECT_EQ(dict.at("u"), Value{UINT64_MAX});
  EXPECT_EQ(dict.at("i"), Value{std::int64_t{-3}});
  EXPECT_EQ(dict.at("d"), Value{1.5});
  EXPECT_EQ(parse_json(print_json(*json.value)).value, json.value);
}
}  // namespace
}  // namespace checklist::config
