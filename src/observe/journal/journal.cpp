// SPDX-License-Identifier: MIT
#include "observe/journal/journal.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include <systemd/sd-journal.h>

namespace checklist::observe {
namespace {
constexpr std::size_t longest_value = 2048;
constexpr std::size_t most_fields = 1024;  // journald's own bound

int must(int result, const char* what) {
  if (result < 0) {
    throw std::system_error(-result, std::generic_category(), what);
  }
  return result;
}

std::string hex(const sd_id128_t& id) {
  std::array<char, SD_ID128_STRING_MAX> text{};
  return ::sd_id128_to_string(id, text.data());
}
}  // namespace

void Journal::Close::operator()(sd_journal* journal) const {
  ::sd_journal_close(journal);
}

Journal::Journal(const JournalPlace& place) {
  const int own = SD_JOURNAL_SYSTEM | (place.user ? SD_JOURNAL_CURRENT_USER : 0);
  const int files = place.of_all_users ? 0 : own;
  sd_journal* opened = nullptr;
  const int result = place.directory.empty()
                         ? ::sd_journal_open(&opened, SD_JOURNAL_LOCAL_ONLY | files)
                         : ::sd_journal_open_directory(&opened, place.directory.c_str(), files);
  must(result, "opening the journal");
  journal_.reset(opened);
  must(::sd_journal_get_fd(opened), "watching the journal");
  must(::sd_journal_set_data_threshold(opened, longest_value), "the journal");
}

int Journal::descriptor() const {
  return must(::sd_journal_get_fd(journal_.get()), "watching the journal");
}

std::optional<TimePoint> Journal::look_at_latest() const {
  std::uint64_t usec = 0;
  must(::sd_journal_get_timeout(journal_.get(), &usec), "watching the journal");
  return usec == UINT64_MAX ? std::nullopt : std::optional(monotonic(usec));
}

Journal::Changes Journal::changes() {
  switch (must(::sd_journal_process(journal_.get()), "watching the journal")) {
    case SD_JOURNAL_NOP:
      return Changes::none;
    case SD_JOURNAL_APPEND:
      return Changes::appended;
    default:
      return Changes::files;
  }
}

void Journal::only(const Matches& matches) {
  only(std::vector<Alternatives>{{matches}});
}

void Journal::only(const std::vector<Alternatives>& all) {
  ::sd_journal_flush_matches(journal_.get());
  for (const Alternatives& alternatives : all) {
    for (const Matches& matches : alternatives) {
      for (const std::string& match : matches) {
        must(::sd_journal_add_match(journal_.get(), match.data(), match.size()), match.c_str());
      }
      must(::sd_journal_add_disjunction(journal_.get()), "reading the journal");
    }
    must(::sd_journal_add_conjunction(journal_.get()), "reading the journal");
  }
}

void Journal::seek_head() {
  must(::sd_journal_seek_head(journal_.get()), "reading the journal");
}

void Journal::seek_tail() {
  must(::sd_journal_seek_tail(journal_.get()), "reading the journal");
}

void Journal::seek(const std::string& cursor) {
  must(::sd_journal_seek_cursor(journal_.get(), cursor.c_str()), "reading the journal");
}

void Journal::seek(const std::string& boot_id, TimePoint moment) {
  sd_id128_t boot{};
  must(::sd_id128_from_string(boot_id.c_str(), &boot), "reading the journal");
  const auto since_boot = std::chrono::duration_cast<Duration>(moment.time_since_epoch());
  must(::sd_journal_seek_monotonic_usec(
           journal_.get(), boot,
           static_cast<std::uint64_t>(std::max(since_boot, Duration{}).count())),
       "reading the journal");
}

bool Journal::next() {
  return must(::sd_journal_next(journal_.get()), "reading the journal") > 0;
}

bool Journal::previous() {
  return must(::sd_journal_previous(journal_.get()), "reading the journal") > 0;
}

std::string Journal::cursor() const {
  char* text = nullptr;
  must(::sd_journal_get_cursor(journal_.get(), &text), "reading the journal");
  const std::unique_ptr<char, decltype(&std::free)> owned(text, &std::free);
  return text;
}

bool Journal::is_at(const std::string& cursor) const {
  return must(::sd_journal_test_cursor(journal_.get(), cursor.c_str()), "reading the journal") > 0;
}

Stamp Journal::stamp() const {
  std::uint64_t wall = 0;
  std::uint64_t since_boot = 0;
  sd_id128_t boot{};
  must(::sd_journal_get_realtime_usec(journal_.get(), &wall), "reading the journal");
  must(::sd_journal_get_monotonic_usec(journal_.get(), &since_boot, &boot), "reading the journal");
  return {.wall = WallTime{Duration{static_cast<std::int64_t>(wall)}},
          .monotonic_usec = since_boot,
          .boot_id = hex(boot)};
}

// A corrupt field ends the enumeration; the fields before it are returned.
parse::JournalFields Journal::fields() const {
  parse::JournalFields out;
  const void* data = nullptr;
  std::size_t size = 0;
  ::sd_journal_restart_data(journal_.get());
  while (out.size() < most_fields &&
         ::sd_journal_enumerate_available_data(journal_.get(), &data, &size) > 0) {
    const std::string_view field(static_cast<const char*>(data), size);
    if (const auto equals = field.find('='); equals != std::string_view::npos) {
      out.emplace(field.substr(0, equals), field.substr(equals + 1, longest_value));
    }
  }
  return out;
}
}  // namespace checklist::observe
