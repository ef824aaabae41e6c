// SPDX-License-Identifier: MIT
// Entries of the journal, whose fields any process may set: lines NAME=value, then a cursor.
#include "fuzz/fuzz.hpp"
#include "parse/gpu_error.hpp"
#include "parse/history.hpp"
#include "parse/ignored_line.hpp"
#include "parse/journal_cursor.hpp"
#include "parse/logged_message.hpp"
#include "semantics/text/pattern.hpp"

namespace checklist::fuzz {
const std::size_t longest = 1U << 16U;

void run(std::string_view input) {
  parse::JournalFields fields;
  Input in(input);
  while (!in.empty()) {
    const std::string_view line = in.until('\n');
    const auto equals = line.find('=');
    if (equals != std::string_view::npos) {
      fields.emplace(line.substr(0, equals), line.substr(equals + 1));
    } else if (const auto cursor = parse::journal_cursor(line)) {
      require(!parse::comes_after(*cursor, *cursor), "no entry comes after itself");
    }
  }
  for (const auto user : {std::optional<std::uint32_t>(), std::optional<std::uint32_t>(1000)}) {
    const parse::LoggedMessage message = parse::logged_message(fields, user);
    static const semantics::Matcher pattern({"(?i)error|fail(ed|ure)|\\bpanic\\b"});
    (void)pattern.is_found_in(message.text);
    (void)parse::ignored_line(fields, parse::manager_of(user).unit_field);
  }
  History history;
  parse::add(history, {.event = parse::unit_event(fields), .at = TimePoint{}, .exit = {}});
  (void)parse::gpu_error(parse::field(fields, "MESSAGE"), parse::field(fields, "_KERNEL_DEVICE"));
}
}  // namespace checklist::fuzz
