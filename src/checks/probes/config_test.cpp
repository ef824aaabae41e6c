// SPDX-License-Identifier: MIT
#include "checks/probes/config_test.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include "checks/earlier/running.hpp"
#include "checks/view/file_behind.hpp"
#include "semantics/text/config_place.hpp"
#include "semantics/text/shell.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using Lines = std::vector<std::string>;
using End = ConfigTest::End;

constexpr auto subject = "config_test";
// A unit that is started again and again is not tested each time.
constexpr Duration time_to_last = 10s;
constexpr std::size_t most_lines = 3;

// What programs print because they are tested in a sandbox without a network and without the
// contents of /run.
constexpr std::array<std::string_view, 10> of_sandbox{"Cannot assign requested address",
                                                      "Network is unreachable",
                                                      "Read-only file system",
                                                      "host not found",
                                                      "could not be resolved",
                                                      "Name or service not known",
                                                      "no such host",
                                                      "Temporary failure in name resolution",
                                                      "Operation not permitted",
                                                      "No space left on device"};

// Returns "nginx -t", or the whole path of the program for a command to copy.
std::string shown(const Lines& command, bool is_whole) {
  std::string out;
  for (const std::string& word : command) {
    const bool is_program = out.empty() && !is_whole;
    out += (out.empty() ? "" : " ") +
           semantics::shell_word(is_program ? word.substr(word.rfind('/') + 1) : word);
  }
  return out;
}

bool has(std::string_view line, std::string_view text) {
  return line.find(text) != std::string_view::npos;
}

bool is_of_sandbox(const std::string& line) {
  const bool is_hidden =
      has(line, "/run/") &&
      (has(line, "No such file") || has(line, "no such file") || has(line, "ermission denied"));
  return is_hidden ||
         std::ranges::any_of(of_sandbox, [&line](auto each) { return has(line, each); });
}

bool is_refused(const ConfigTest& test) {
  return test.end == End::exited && test.status != 0 &&
         std::ranges::none_of(test.output, is_of_sandbox);
}

std::string refusal(const ConfigTest& test) {
  const std::string place = text(semantics::config_place(test.output));
  return shown(test.command, false) + " refuses the configuration" +
         (place.empty() ? "" : ": " + place);
}

// Returns the lines that name the place; otherwise the last ones.
std::string cause(const Lines& output) {
  const auto place = semantics::config_place(output);
  Lines out;
  std::ranges::copy_if(output, std::back_inserter(out), [&place](const std::string& line) {
    return !place.line.empty() && has(line, place.line) &&
           (has(line, place.file) || has(line, "line"));
  });
  out = out.empty() ? output : out;
  out.erase(out.begin(), out.end() - static_cast<std::ptrdiff_t>(std::min(out.size(), most_lines)));
  std::string text;
  for (const std::string& line : out) {
    text += (text.empty() ? "" : "; ") +
            line.substr(std::min(line.find_first_not_of(' '), line.size()));
  }
  return text;
}

std::string hint_of_refusal(const ConfigTest& test, View& see) {
  const std::string command = "correct it until `" + shown(test.command, true) + "` succeeds";
  return is_running_service(see) ? command + "; do not reload or restart " + see.unit() +
                                       " before: its process still has the previous configuration"
                                 : command + ", then start " + see.unit();
}

Finding judged(const ConfigTest& test, Finding out, View& see) {
  const std::string name = shown(test.command, false);
  const std::string repeat = "run `" + shown(test.command, true) + "`";
  out.details = cause(test.output);
  out.quotes_log = true;
  switch (test.end) {
    case End::not_run:
      out.reason = "test_not_run";
      out.observed = name + " was not run: " + test.problem;
      out.hint = "correct this, or `config_test`";
      return unknown(std::move(out));
    case End::timed_out:
      out.reason = "test_timed_out";
      out.observed = name + " did not end in time";
      out.hint = repeat + " to see why";
      return unknown(std::move(out));
    case End::killed:
      out.reason = "test_killed";
      out.observed = name + " was ended by signal " + std::to_string(test.status);
      out.hint = repeat + " to see why";
      return unknown(std::move(out));
    case End::exited:
      break;
  }
  if (test.status == 0) {
    return pass({.subject = subject, .expected = out.expected, .observed = out.expected});
  }
  if (!is_refused(test)) {
    out.reason = "test_sandbox";
    out.observed = name + " needs what its sandbox does not have: a network, or what is in /run";
    out.hint = repeat + ", or remove `config_test`";
    return unknown(std::move(out));
  }
  out.reason = "config_refused";
  out.observed = refusal(test);
  out.hint = hint_of_refusal(test, see);
  return fail(std::move(out));
}

// Sets `newest` to when the file was modified, if that is later and not in the future.
void take(std::optional<TimePoint> moment, TimePoint& newest, View& see) {
  if (moment && *moment > newest && see.passed(*moment)) {
    newest = *moment;
  }
}

void take_file(const std::string& path, TimePoint& newest, View& see) {
  const auto file = file_behind(see, path);
  const auto& epoch = see[WallClockKey{}];
  if (file && epoch && !is_missing(*file)) {
    take(TimePoint{file->modified - *epoch}, newest, see);
  }
}

// Returns when what the test depends on last changed, as far as that is known.
TimePoint last_change(const std::vector<semantics::PathPattern>& files, View& see) {
  TimePoint out{};
  for (const auto& [pattern] : files) {
    if (!semantics::is_glob(pattern)) {
      take_file(pattern, out, see);
      continue;
    }
    const auto& paths = see[GlobKey{pattern}];
    for (const std::string& path : paths ? *paths : Lines{}) {
      take_file(path, out, see);
    }
  }
  const auto turned = see.moment("StateChangeTimestampMonotonic");
  if (turned && see.passed(*turned + time_to_last)) {
    take(turned, out, see);
  }
  return out;
}
}  // namespace

Finding config_test(const semantics::TestCommand& command,
                    const std::vector<semantics::PathPattern>& files, View& see) {
  Finding out{.subject = subject,
              .expected = shown(command.words, false) + " accepts the configuration on disk"};
  if (!see.spec().user.empty()) {
    out.reason = "unsupported";
    out.observed = "configurations of users' services are not tested";
    out.hint = "remove `config_test`";
    return unknown(std::move(out));
  }
  const std::string& program = command.words.front();
  if (const auto& file = see[FileKey{program}]; file && is_missing(*file) && file->target.empty()) {
    out.reason = "test_missing";
    out.observed = program + " does not exist";
    out.hint = "install it, or correct `config_test`";
    return unknown(std::move(out));
  }
  const auto& test = see[ConfigTestKey{see.unit(), command.words, last_change(files, see)}];
  return test ? judged(*test, std::move(out), see) : unknown(subject, out.expected, test.unseen());
}

std::optional<std::string> refused_configuration(View& see) {
  if (!see.spec().user.empty()) {
    return std::nullopt;  // a result of this name is that of the system's unit
  }
  const auto& test = see[ConfigTestKey{see.unit(), {}, {}}];
  return test && is_refused(*test) ? std::optional(refusal(*test)) : std::nullopt;
}
}  // namespace checklist::checks
