// SPDX-License-Identifier: MIT
#include "parse/process.hpp"

#include <algorithm>
#include <array>

#include "semantics/text/fields.hpp"

namespace checklist::parse {
namespace {
using semantics::lines;
using semantics::number;
using semantics::words;

constexpr std::size_t state_field = 0;  // counted after the command name
constexpr std::size_t nice_field = 16;
constexpr std::size_t start_field = 19;

struct LimitLine {
  std::string_view line;  // name used by the kernel (fs/proc/base.c)
  std::string_view directive;
};

constexpr std::array<LimitLine, 16> limit_lines{{{"Max cpu time", "LimitCPU"},
                                                 {"Max file size", "LimitFSIZE"},
                                                 {"Max data size", "LimitDATA"},
                                                 {"Max stack size", "LimitSTACK"},
                                                 {"Max core file size", "LimitCORE"},
                                                 {"Max resident set", "LimitRSS"},
                                                 {"Max processes", "LimitNPROC"},
                                                 {"Max open files", "LimitNOFILE"},
                                                 {"Max locked memory", "LimitMEMLOCK"},
                                                 {"Max address space", "LimitAS"},
                                                 {"Max file locks", "LimitLOCKS"},
                                                 {"Max pending signals", "LimitSIGPENDING"},
                                                 {"Max msgqueue size", "LimitMSGQUEUE"},
                                                 {"Max nice priority", "LimitNICE"},
                                                 {"Max realtime priority", "LimitRTPRIO"},
                                                 {"Max realtime timeout", "LimitRTTIME"}}};

// Returns the fields after the command name, which may contain spaces and parentheses.
std::vector<std::string_view> stat_fields(std::string_view stat) {
  const auto name_end = stat.rfind(')');
  return name_end == std::string_view::npos ? std::vector<std::string_view>()
                                            : words(stat.substr(name_end + 1));
}

// Returns when the process was forked, from the fields of /proc/PID/stat.
std::optional<TimePoint> start_time(const std::vector<std::string_view>& fields,
                                    const Clock& clock) {
  constexpr std::uint64_t a_century = 3'155'760'000'000'000;  // in microseconds
  const std::uint64_t usec_a_tick = 1'000'000 / clock.ticks_a_second;
  const auto ticks = fields.size() > start_field ? number<std::uint64_t>(fields[start_field])
                                                 : std::optional<std::uint64_t>();
  return ticks && *ticks <= a_century / usec_a_tick
             ? std::optional(monotonic(*ticks * usec_a_tick) - clock.suspended)
             : std::nullopt;
}

bool take_stat(std::string_view text, const Clock& clock, Process& out) {
  const auto fields = stat_fields(text);
  const auto started = start_time(fields, clock);
  const auto nice = started ? number<std::int32_t>(fields[nice_field]) : std::nullopt;
  if (!nice) {
    return false;
  }
  out.is_stopped = fields[state_field] == "T";
  out.nice = *nice;
  out.started = *started;
  return true;
}

void take_status_line(std::string_view key, const std::vector<std::string_view>& values,
                      Process& out) {
  constexpr std::size_t effective = 1;  // order: real, effective, saved, file system
  if (key == "Uid" && values.size() > effective) {
    out.uid = number<std::uint32_t>(values[effective]).value_or(out.uid);
  } else if (key == "Gid" && values.size() > effective) {
    out.gid = number<std::uint32_t>(values[effective]).value_or(out.gid);
  } else if (key == "Groups") {
    for (const auto group : values) {
      out.groups.push_back(number<std::uint32_t>(group).value_or(0));
    }
    std::ranges::sort(out.groups);
  } else if (values.empty()) {
    return;
  } else if (key.starts_with("Cap")) {
    out.capabilities[std::string(key)] = number<std::uint64_t>(values[0], 16).value_or(0);
  } else if (key == "NoNewPrivs") {
    out.no_new_privileges = values[0] == "1";
  } else if (key == "Seccomp") {
    out.seccomp = number<std::uint32_t>(values[0]).value_or(0);
  } else if (key == "Umask") {
    out.umask = number<std::uint32_t>(values[0], 8).value_or(0);
  }
}

bool take_status(std::string_view text, Process& out) {
  bool has_uid = false;
  for (const auto line : lines(text)) {
    const auto colon = line.find(':');
    if (colon != std::string_view::npos) {
      has_uid |= line.substr(0, colon) == "Uid";
      take_status_line(line.substr(0, colon), words(line.substr(colon + 1)), out);
    }
  }
  return has_uid;
}

std::optional<std::uint64_t> limit_value(std::string_view word) {
  return word == "unlimited" ? UINT64_MAX : number<std::uint64_t>(word);
}

using Limits = std::map<std::string, Limit>;

void take_limit_line(std::string_view text, Limits& out) {
  const auto* const line = std::ranges::find_if(
      limit_lines, [&](const LimitLine& each) { return text.starts_with(each.line); });
  if (line == limit_lines.end()) {
    return;
  }
  const auto values = words(text.substr(line->line.size()));
  const auto soft = values.size() > 1 ? limit_value(values[0]) : std::nullopt;
  const auto hard = values.size() > 1 ? limit_value(values[1]) : std::nullopt;
  if (soft && hard) {
    out[std::string(line->directive)] = {.soft = *soft, .hard = *hard};
  }
}

bool take_limits(std::string_view text, Process& out) {
  out.limits = limits(text);
  return out.limits.size() == limit_lines.size();
}

// Decodes octal escapes, such as \040 for a space.
std::string unescaped(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto code = word[i] == '\\' ? number<std::uint8_t>(word.substr(i + 1, 3), 8)
                                      : std::optional<std::uint8_t>();
    out += code ? static_cast<char>(*code) : word[i];
    i += code ? 3U : 0U;
  }
  return out;
}

void add_options(std::string_view list, Mount& out) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    out.options.emplace_back(list.substr(0, comma));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
}

// id parent device root path options tags… - type source options
std::optional<Mount> mount(std::string_view line) {
  const auto fields = words(line);
  const auto dash = std::ranges::find(fields, "-");
  if (dash - fields.begin() < 6 || fields.end() - dash < 4) {
    return std::nullopt;
  }
  Mount out{.path = unescaped(fields[4]),
            .root = unescaped(fields[3]),
            .type = std::string(dash[1]),
            .source = unescaped(dash[2])};
  add_options(fields[5], out);
  add_options(dash[3], out);
  std::ranges::sort(out.options);
  out.options.erase(std::unique(out.options.begin(), out.options.end()), out.options.end());
  return out;
}
}  // namespace

std::optional<ProcessStat> process_stat(std::string_view stat, const Clock& clock) {
  const auto fields = stat_fields(stat);
  const auto started = start_time(fields, clock);
  return started ? std::optional(ProcessStat{
                       .started = *started,
                       .is_zombie = fields[state_field] == "Z" || fields[state_field] == "X"})
                 : std::nullopt;
}

std::map<std::string, Limit> limits(std::string_view text) {
  Limits out;
  for (const auto line : lines(text)) {
    take_limit_line(line, out);
  }
  return out;
}

std::optional<Process> process(const ProcessFiles& files, const Clock& clock) {
  Process out;
  const auto score =
      number<std::int32_t>(files.oom_score_adj.substr(0, files.oom_score_adj.find('\n')));
  if (!score || !take_stat(files.stat, clock, out) || !take_status(files.status, out) ||
      !take_limits(files.limits, out)) {
    return std::nullopt;
  }
  out.oom_score_adjust = *score;
  return out;
}

bool is_being_prepared(std::string_view stat) {
  const auto name = stat.substr(std::min(stat.find('('), stat.size()));
  return name.starts_with("((") || name.starts_with("(systemd)") ||
         name.starts_with("(systemd-executo)");
}

std::vector<Mount> mounts(std::string_view mountinfo) {
  std::vector<Mount> out;
  for (const auto line : lines(mountinfo)) {
    if (auto one = mount(line)) {
      out.push_back(std::move(*one));
    }
  }
  return out;
}
}  // namespace checklist::parse
