// SPDX-License-Identifier: MIT
#include "semantics/time/deadline.hpp"

#include <algorithm>
#include <ctime>
#include <string>

#include <re2/re2.h>

#include "semantics/time/span.hpp"

namespace checklist::semantics {
namespace {
using std::chrono::hours;
using std::chrono::minutes;

// Returns the beginning of the day in the local time zone.
std::optional<WallTime> local_beginning(std::chrono::year_month_day day) {
  std::tm parts{};
  parts.tm_year = static_cast<int>(day.year()) - 1900;
  parts.tm_mon = static_cast<int>(static_cast<unsigned>(day.month())) - 1;
  parts.tm_mday = static_cast<int>(static_cast<unsigned>(day.day()));
  parts.tm_isdst = -1;
  const std::time_t seconds = std::mktime(&parts);
  return seconds == -1 ? std::nullopt : std::optional(WallTime{std::chrono::seconds{seconds}});
}

std::optional<Duration> parse_offset(const std::string& zone) {
  static const RE2 pattern(R"(([+-])(\d\d):(\d\d))");
  std::string sign;
  int hour = 0;
  int minute = 0;
  if (zone == "Z" || zone == "z") {
    return Duration{};
  }
  if (!RE2::FullMatch(zone, pattern, &sign, &hour, &minute) || hour > 23 || minute > 59) {
    return std::nullopt;
  }
  const Duration out = hours{hour} + minutes{minute};
  return sign == "-" ? -out : out;
}

// Reads a day at the beginning of the text and removes it.
std::optional<std::chrono::year_month_day> take_day(re2::StringPiece& text) {
  static const RE2 pattern(R"((\d{4})-(\d\d)-(\d\d))");
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  const bool is_one = RE2::Consume(&text, pattern, &year, &month, &day);
  const std::chrono::year_month_day out{std::chrono::year{year}, std::chrono::month{month},
                                        std::chrono::day{day}};
  return is_one && out.ok() ? std::optional(out) : std::nullopt;
}

// Reads the part of RFC 3339 after the day, as the time since the beginning of the day in UTC.
std::optional<Duration> parse_time_of_day(re2::StringPiece text) {
  static const RE2 pattern(R"([Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d))");
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::string zone;
  if (!RE2::FullMatch(text, pattern, &hour, &minute, &second, &zone)) {
    return std::nullopt;
  }
  const auto offset = parse_offset(zone);
  if (!offset || hour > 23 || minute > 59 || second > 60) {
    return std::nullopt;
  }
  return hours{hour} + minutes{minute} + std::chrono::seconds{second} - *offset;
}

std::optional<WallTime> after_now(std::string_view text, WallTime now) {
  const auto span = parse_span(text);
  return span && *span != infinity
             ? std::optional(now + std::min<Duration>(span->length, std::chrono::years{100}))
             : std::nullopt;
}
}  // namespace

std::optional<WallTime> parse_deadline(std::string_view text, WallTime now) {
  const std::string whole(text);
  re2::StringPiece rest(whole);
  const auto day = take_day(rest);
  if (!day) {
    return after_now(text, now);
  }
  if (rest.empty()) {
    return local_beginning(*day);
  }
  const auto time = parse_time_of_day(rest);
  return time ? std::optional(WallTime{std::chrono::sys_days{*day}} + *time) : std::nullopt;
}
}  // namespace checklist::semantics
