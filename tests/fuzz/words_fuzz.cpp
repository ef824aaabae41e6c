// SPDX-License-Identifier: MIT
// Words of systemd and the kernel: time spans, calendar events, deadlines, addresses, names,
// patterns.
#include "config/web/duration.hpp"
#include "fuzz/fuzz.hpp"
#include "semantics/files/file_rules.hpp"
#include "semantics/files/glob.hpp"
#include "semantics/net/address.hpp"
#include "semantics/text/base64.hpp"
#include "semantics/text/pattern.hpp"
#include "semantics/time/calendar.hpp"
#include "semantics/time/deadline.hpp"
#include "semantics/time/span.hpp"
#include "semantics/unit/specifiers.hpp"
#include "semantics/unit/unit_files.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::fuzz {
const std::size_t longest = 1U << 16U;

void run(std::string_view input) {
  const std::string text(input);
  if (const auto span = semantics::parse_span(text)) {
    const auto again = semantics::parse_span(semantics::print_span(*span));
    require(again == span, "a printed time span reads back equal");
  }
  if (const auto address = semantics::parse_address(text)) {
    require(semantics::parse_address(semantics::print_address(*address)) == address,
            "a printed address reads back equal");
    require(semantics::covers(*address, *address), "an address covers itself");
    (void)semantics::parts(*address);
  }
  if (const auto ip = semantics::canonical_ip(text)) {
    require(semantics::canonical_ip(*ip) == ip, "a canonical address is canonical");
  }
  if (!semantics::name_error(text)) {
    require(!semantics::unit_type(text).empty(), "a unit has a type");
    (void)semantics::template_of(text);
    (void)semantics::directory_stems(text);
  }
  const WallTime now{std::chrono::seconds(1'700'000'000)};
  (void)semantics::parse_deadline(text, now);
  const auto pause = semantics::longest_pause(text);
  require(!pause || *pause > Duration{}, "a pause has a length");
  (void)config::parse_go_duration(text);
  (void)semantics::with_specifiers(text, "a@b-c.service");
  (void)semantics::from_base64(text);
  (void)semantics::is_plain_path(text);
  Input in(input);  // a pattern and a text
  const std::string pattern(in.until('\n'));
  (void)semantics::matches(semantics::PathGlob{pattern}, std::string(in.rest()));
  (void)semantics::matches(semantics::FileGlob{pattern}, std::string(in.rest()));
  (void)semantics::Matcher(semantics::Pattern{pattern}).is_found_in(in.rest());
}
}  // namespace checklist::fuzz
