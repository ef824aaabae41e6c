// SPDX-License-Identifier: MIT
#include "checks/directives/type_parts.hpp"

#include <array>

#include <gtest/gtest.h>

namespace checklist::checks::types {
namespace {
Value word(const char* text) {
  return Value{std::string(text)};
}

TEST(TypeParts, TakeExactlyOneAssignment) {
  EXPECT_EQ(only({"a b"}), "a b");
  EXPECT_EQ(only({""}), "");
  EXPECT_EQ(only({}), std::nullopt);
  EXPECT_EQ(only({"a", "b"}), std::nullopt);
}

TEST(TypeParts, ReadAndPrintCounts) {
  for (const auto& [spelling, count] :
       {std::pair{"0", std::uint64_t{0}}, std::pair{"4096", std::uint64_t{4096}},
        std::pair{"infinity", unlimited}}) {
    EXPECT_EQ(parse_count(spelling), count) << spelling;
    EXPECT_EQ(print_count(count), spelling);
  }
  for (const char* invalid : {"", "-1", "1.5", "4k", "7 ", "Infinity", "18446744073709551616"}) {
    EXPECT_EQ(parse_count(invalid), std::nullopt) << invalid;
  }
}

TEST(TypeParts, ReadAPropertyOfTheirTypeOnly) {
  EXPECT_EQ(read_as<bool>({}, Value{true}), Setting{true});
  EXPECT_EQ(read_as<std::string>({}, word("strict")), Setting{std::string("strict")});
  EXPECT_EQ(read_as<bool>({}, word("yes")), std::nullopt);
  EXPECT_EQ(read_as<std::uint64_t>({}, Value{std::int64_t{7}}), std::nullopt);
  EXPECT_EQ(read_as<std::uint64_t>({}, Value{}), std::nullopt);
}

TEST(TypeParts, CompareSettingsOfOneTypeByValue) {
  const Setting seven{std::uint64_t{7}};
  EXPECT_TRUE(is_equal({}, seven, Setting{std::uint64_t{7}}));
  EXPECT_FALSE(is_equal({}, seven, Setting{std::uint64_t{8}}));
  EXPECT_FALSE(is_equal({}, seven, Setting{std::int64_t{7}}));
  EXPECT_EQ(print_text({}, Setting{std::string("strict")}), "strict");
}

TEST(TypeParts, AcceptYesAndNoAsBooleansInTheSchemaOfWords) {
  static constexpr std::array<std::string_view, 4> all{"no", "", "yes", "full"};
  const Directive directive{.name = "ProtectSystem", .type = nullptr, .help = "", .words = all};
  EXPECT_EQ(words_schema(directive),
            (Dict{{"enum", Value{Values{word("no"), Value{false}, word("yes"), Value{true},
                                        word("full")}}}}));
}

TEST(TypeParts, AcceptTextOrTextAndIntegersInTheOtherSchemas) {
  EXPECT_EQ(text_schema({}), (Dict{{"type", word("string")}}));
  EXPECT_EQ(text_or_integer_schema({}),
            (Dict{{"type", Value{Values{word("string"), word("integer")}}}}));
}
}  // namespace
}  // namespace checklist::checks::types
