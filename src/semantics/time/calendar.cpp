// SPDX-License-Identifier: MIT
#include "semantics/time/calendar.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "semantics/text/fields.hpp"

namespace checklist::semantics {
namespace {
using Numbers = std::set<unsigned>;

// The range of a field: hours are 0 to 23.
struct Range {
  unsigned first;
  unsigned last;
};

constexpr Range seconds{0, 59};
constexpr Range minutes{0, 59};
constexpr Range hours{0, 23};
constexpr Range days{1, 31};
constexpr Range months{1, 12};
constexpr Range weekdays{0, 6};

std::optional<unsigned> weekday(std::string_view word) {
  constexpr std::array<std::string_view, 7> names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const auto* const at = std::ranges::find(names, word);
  return at != names.end() ? std::optional(static_cast<unsigned>(at - names.begin()))
                           : std::nullopt;
}

// Seconds may have a fraction, which is dropped.
std::optional<unsigned> value_of(std::string_view word) {
  return number<unsigned>(word.substr(0, word.find('.')));
}

// Adds "5", "1..5", "0/15" or "*" to the set. Returns false if it is none of them.
bool add(std::string_view part, Range range, auto value, Numbers& out) {
  const auto slash = part.find('/');
  const auto from = part.substr(0, slash);
  const auto dots = from.find("..");
  const auto first = from == "*" ? std::optional(range.first) : value(from.substr(0, dots));
  const auto step =
      slash == std::string_view::npos ? std::optional(1U) : value_of(part.substr(slash + 1));
  std::optional<unsigned> last = first;
  if (dots != std::string_view::npos) {
    last = value(from.substr(dots + 2));
  } else if (from == "*" || slash != std::string_view::npos) {
    last = range.last;
  }
  if (!first || !last || !step || *first < range.first || *last > range.last) {
    return false;
  }
  for (unsigned each = *first; each <= *last; each += std::clamp(*step, 1U, range.last + 1)) {
    out.insert(each);
  }
  return true;
}

// Returns the numbers of a field; empty if it is not understood.
Numbers field(std::string_view text, Range range, auto value) {
  Numbers out;
  for (const auto part : pieces(text, ",")) {
    if (!add(part, range, value, out)) {
      return {};
    }
  }
  return out;
}

// The longest pause between two elapses, and that across the end of the enclosing unit: from the
// last elapse of an hour to the first of the next.
struct Pauses {
  std::uint64_t longest = 0;
  std::uint64_t across = 0;
};

// Returns the pauses of a field whose unit has `length` seconds and elapses as `inner` within.
Pauses around(const Numbers& field, Range range, std::uint64_t length, Pauses inner) {
  const auto between = [&](std::uint64_t difference) {
    return (difference - 1) * length + inner.across;
  };
  Pauses out{.longest = inner.longest};
  for (auto at = field.begin(); std::next(at) != field.end(); ++at) {
    out.longest = std::max(out.longest, between(*std::next(at) - *at));
  }
  out.across = between(range.last + 1 - *field.rbegin() + *field.begin() - range.first);
  return out;
}

std::optional<Pauses> of_time(std::string_view text) {
  const auto parts = pieces(text, ":");
  if (parts.size() != 3) {
    return std::nullopt;
  }
  const auto h = field(parts[0], hours, value_of);
  const auto m = field(parts[1], minutes, value_of);
  const auto s = field(parts[2], seconds, value_of);
  if (h.empty() || m.empty() || s.empty()) {
    return std::nullopt;
  }
  const Pauses within_minute = around(s, seconds, 1, {.longest = 0, .across = 1});
  const Pauses within_hour = around(m, minutes, 60, within_minute);
  return around(h, hours, 3600, within_hour);
}

// Returns the pauses of days: within a week, a month or a year, each at its longest.
std::optional<Pauses> of_date(std::string_view week, std::string_view date, Pauses day) {
  constexpr std::uint64_t length = 86400;
  const auto parts = pieces(date, "-");
  if (parts.size() != 3 || parts[0] != "*") {
    return std::nullopt;
  }
  const auto month = field(parts[1], months, value_of);
  const auto in_month = field(parts[2], days, value_of);
  const auto in_week = field(week, weekdays, weekday);
  if (month.empty() || in_month.empty() || in_week.empty()) {
    return std::nullopt;
  }
  if (in_week.size() == 7) {
    const Pauses of_month = around(in_month, days, length, day);
    return around(month, months, 31 * length, of_month);
  }
  const bool is_weekly = in_month.size() == 31 && month.size() == 12;
  return is_weekly ? std::optional(around(in_week, weekdays, length, day)) : std::nullopt;
}
}  // namespace

std::optional<Duration> longest_pause(std::string_view event) {
  const auto parts = words(event);
  const std::size_t date = !parts.empty() && weekday(parts[0].substr(0, 3)) ? 1 : 0;
  if (parts.size() < date + 2) {
    return std::nullopt;
  }
  const auto day = of_time(parts[date + 1]);
  const auto all = day ? of_date(date == 1 ? parts[0] : "*", parts[date], *day) : std::nullopt;
  return all ? std::optional<Duration>(std::chrono::seconds(std::max(all->longest, all->across)))
             : std::nullopt;
}
}  // namespace checklist::semantics
