// SPDX-License-Identifier: MIT
#include "parse/certificate.hpp"

#include <cstdint>
#include <string>

#include "semantics/text/base64.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::parse {
namespace {
// ASN.1 tags as DER encodes them (X.690).
constexpr std::uint8_t sequence = 0x30;
constexpr std::uint8_t version = 0xA0;  // [0], explicit
constexpr std::uint8_t utc_time = 0x17;
constexpr std::uint8_t generalized_time = 0x18;

struct Element {
  std::uint8_t tag = 0;
  std::string_view contents;
};

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

// Removes the first element from the bytes and returns it; nothing if it exceeds them.
std::optional<Element> take_element(std::string_view& bytes) {
  if (bytes.size() < 2) {
    return std::nullopt;
  }
  const std::uint8_t first = byte_at(bytes, 1);
  const std::size_t more = first < 0x80 ? 0U : first & 0x7FU;  // the bytes of a long length
  if (more > 4 || bytes.size() < 2 + more) {
    return std::nullopt;
  }
  std::size_t length = more == 0 ? first : 0;
  for (std::size_t i = 0; i < more; ++i) {
    length = length << 8U | byte_at(bytes, 2 + i);
  }
  const std::size_t begin = 2 + more;
  if (length > bytes.size() - begin) {
    return std::nullopt;
  }
  const Element out{.tag = byte_at(bytes, 0), .contents = bytes.substr(begin, length)};
  bytes.remove_prefix(begin + length);
  return out;
}

std::optional<std::string_view> take_sequence(std::string_view& bytes) {
  const auto element = take_element(bytes);
  return element && element->tag == sequence ? std::optional(element->contents) : std::nullopt;
}

// "260102030405Z", or "20260102030405Z" from 2050 on.
std::optional<WallTime> moment(const Element& time) {
  const bool is_short = time.tag == utc_time;
  const std::size_t date = is_short ? 2 : 4;
  if ((!is_short && time.tag != generalized_time) || time.contents.size() != date + 11 ||
      !time.contents.ends_with('Z')) {
    return std::nullopt;
  }
  const auto two = [&time](std::size_t at) {
    return semantics::number<unsigned>(time.contents.substr(at, 2)).value_or(99);
  };
  const auto year = semantics::number<unsigned>(time.contents.substr(0, date));
  if (!year) {
    return std::nullopt;
  }
  const unsigned full = is_short ? *year + (*year < 50 ? 2000U : 1900U) : *year;
  const std::chrono::year_month_day day{std::chrono::year(static_cast<int>(full)),
                                        std::chrono::month(two(date)),
                                        std::chrono::day(two(date + 2))};
  const unsigned hours = two(date + 4);
  const unsigned minutes = two(date + 6);
  const unsigned seconds = two(date + 8);
  if (!day.ok() || hours > 23 || minutes > 59 || seconds > 60) {
    return std::nullopt;
  }
  return WallTime(std::chrono::sys_days(day)) + std::chrono::hours(hours) +
         std::chrono::minutes(minutes) + std::chrono::seconds(seconds);
}

// Certificate { TBSCertificate { [version], serial, algorithm, issuer, validity { from, to }, …
std::optional<WallTime> of_der(std::string_view bytes) {
  auto certificate = take_sequence(bytes);
  auto body = certificate ? take_sequence(*certificate) : std::nullopt;
  if (!body) {
    return std::nullopt;
  }
  const bool has_version = !body->empty() && byte_at(*body, 0) == version;
  for (int skipped = has_version ? 4 : 3; skipped > 0; --skipped) {
    if (!take_element(*body)) {
      return std::nullopt;
    }
  }
  auto validity = take_sequence(*body);
  const auto from = validity ? take_element(*validity) : std::nullopt;
  const auto to = from ? take_element(*validity) : std::nullopt;
  return to ? moment(*to) : std::nullopt;
}
}  // namespace

std::optional<WallTime> certificate_expiry(std::string_view text) {
  for (const std::string_view name : {"CERTIFICATE-----", "TRUSTED CERTIFICATE-----"}) {
    const std::string begin = "-----BEGIN " + std::string(name);
    const auto from = text.find(begin);
    const auto to = from == std::string_view::npos ? from : text.find("-----END ", from);
    if (to != std::string_view::npos) {
      return of_der(
          semantics::from_base64(text.substr(from + begin.size(), to - from - begin.size())));
    }
  }
  return of_der(text);
}
}  // namespace checklist::parse
