// SPDX-License-Identifier: MIT
#include "parse/ignored_line.hpp"

#include <algorithm>

#include "semantics/text/fields.hpp"

namespace checklist::parse {
namespace {
constexpr std::size_t longest_text = 300;  // of a quoted message

// A warning that also says what was done instead, as "updating", ignores nothing.
bool tells_of_ignoring(const JournalFields& fields) {
  const std::string& priority = field(fields, "PRIORITY");
  const std::string& text = field(fields, "MESSAGE");
  return priority.size() == 1 && priority[0] >= '0' && priority[0] <= '4' &&
         (text.find("ignoring") != std::string::npos ||
          text.find("Ignoring") != std::string::npos || text.find("ignored") != std::string::npos);
}

// Returns the unit that a file is of: "/etc/systemd/system/x.service.d/a.conf" → "x.service".
std::string unit_of_file(const std::string& file) {
  const auto slash = file.rfind('/');
  const std::string folder = file.substr(0, slash);
  const std::string parent = folder.substr(folder.rfind('/') + 1);
  return parent.ends_with(".d") ? parent.substr(0, parent.size() - 2) : file.substr(slash + 1);
}

// "/etc/systemd/system/x.service:3: Unknown key name 'X' in section 'Service', ignoring."
std::optional<IgnoredLineEntry> in_kernel_log(const std::string& text) {
  const auto file_ends = text.find(':');
  const auto line_ends = file_ends == std::string::npos ? file_ends : text.find(':', file_ends + 1);
  if (!text.starts_with('/') || line_ends == std::string::npos) {
    return std::nullopt;
  }
  const std::string file = text.substr(0, file_ends);
  const auto line = semantics::number<std::uint64_t>(
      std::string_view(text).substr(file_ends + 1, line_ends - file_ends - 1));
  return line ? std::optional(IgnoredLineEntry{
                    .units = {unit_of_file(file)},
                    .line = {.file = file, .line = *line, .text = text.substr(0, longest_text)}})
              : std::nullopt;
}
}  // namespace

std::optional<IgnoredLineEntry> ignored_line(const JournalFields& fields,
                                             const std::string& unit_field) {
  if (!tells_of_ignoring(fields)) {
    return std::nullopt;
  }
  const std::string& text = field(fields, "MESSAGE");
  if (field(fields, "_TRANSPORT") == "kernel") {
    const bool is_of_pid_1 =
        field(fields, "SYSLOG_IDENTIFIER") == "systemd" && field(fields, "SYSLOG_PID") == "1";
    return is_of_pid_1 ? in_kernel_log(text) : std::nullopt;
  }
  const std::string& file = field(fields, "CONFIG_FILE");
  if (field(fields, "MESSAGE_ID") != message::invalid_configuration || file.empty()) {
    return std::nullopt;
  }
  const auto line = semantics::number<std::uint64_t>(field(fields, "CONFIG_LINE"));
  IgnoredLineEntry out{
      .units = {},
      .line = {.file = file, .line = line.value_or(0), .text = text.substr(0, longest_text)}};
  const auto [first, last] = fields.equal_range(unit_field);
  std::for_each(first, last, [&out](const auto& each) { out.units.insert(each.second); });
  return out.units.empty() ? std::nullopt : std::optional(std::move(out));
}
}  // namespace checklist::parse
