// SPDX-License-Identifier: MIT
#include "semantics/time/span.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
using namespace std::chrono_literals;

TEST(Span, ReadsWhatSystemdReads) {
  const std::pair<const char*, Duration> valid[] = {
      {"15m", 15min},  {"1h 30s", 1h + 30s}, {"2.5s", 2500ms}, {"90", 90s},    {"1d", 24h},
      {"5 min", 5min}, {"1h30min", 90min},   {"250ms", 250ms}, {"10us", 10us}, {"0", 0s},
      {"1w", 168h}};
  for (const auto& [text, length] : valid) {
    ASSERT_TRUE(parse_span(text)) << text;
    EXPECT_EQ(parse_span(text)->length, length) << text;
  }
  EXPECT_EQ(parse_span("infinity"), infinity);
}

TEST(Span, RefusesWhatIsNone) {
  for (const char* text :
       {"", " ", "m", "15x", "1..5s", "-5s", "5m -", "infinity 3s", "99999999999999999999y"}) {
    EXPECT_FALSE(parse_span(text)) << text;
  }
}

TEST(Span, PrintsWhatItReadsAgain) {
  for (const char* text : {"15min", "1h 30s", "2s 500ms", "0", "infinity", "1d", "1w"}) {
    EXPECT_EQ(print_span(*parse_span(text)), text);
  }
}
}  // namespace
}  // namespace checklist::semantics
