// SPDX-License-Identifier: MIT
#include "render/report_json.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "render/summary.hpp"
#include "semantics/text/utf8.hpp"

namespace checklist::render {
namespace {
using nlohmann::ordered_json;  // keeps the order of members: the most important first

double seconds(WallTime time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

template <class T, class... For>
ordered_json list(const std::vector<T>& values, For... audience);

// `counts` is indexed by Status.
template <class Counts>
ordered_json by_status(const Counts& counts) {
  ordered_json out;
  for (const auto& [status, name] : names<Status>) {
    out[std::string(name)] = counts.at(static_cast<std::size_t>(status));
  }
  return out;
}

ordered_json to_json(const Finding& finding, Audience audience) {
  ordered_json out{{"status", text(finding.status)},
                   {"subject", finding.subject},
                   {"reason", finding.reason},
                   {"expected", finding.expected},
                   {"observed", finding.observed},
                   {"hint", finding.hint},
                   {"details", details_for(audience, finding)}};
  if (!finding.cause.empty()) {
    out["cause"] = finding.cause;
  }
  return out;
}

ordered_json to_json(const CheckResult& result, Audience audience) {
  ordered_json out{{"check", result.check},
                   {"status", text(result.status())},
                   {"severity", text(result.severity)},
                   {"class", text(result.kind)},
                   {"since", seconds(result.track.since)},
                   {"changes", by_status(result.track.changes)}};
  if (result.acknowledged) {
    out["acknowledged"] = {{"until", seconds(result.acknowledged->until)},
                           {"reason", result.acknowledged->reason},
                           {"by", result.acknowledged->by}};
  }
  out["findings"] = list(result.findings, audience);
  return out;
}

ordered_json to_json(const ExerciseSummary& exercise) {
  ordered_json steps = ordered_json::array();
  for (const auto& [name, succeeded] : exercise.success) {
    steps.push_back({{"name", name}, {"success", succeeded}});
  }
  return {{"at", seconds(exercise.at)}, {"steps", std::move(steps)}};
}

ordered_json to_json(const ServiceReport& service, Audience audience) {
  const UnitSummary& summary = service.summary;
  ordered_json out{{"unit", service.unit},
                   {"manager", service.manager},
                   {"group", service.group},
                   {"severity", text(service.severity)},
                   {"enabled", service.enabled},
                   {"load_state", text(summary.load)},
                   {"active_state", text(summary.active)},
                   {"sub_state", summary.sub},
                   {"fragment_path", summary.fragment_path},
                   {"unit_file_state", summary.unit_file_state}};
  if (summary.restarts) {
    out["restarts"] = *summary.restarts;
  }
  if (summary.started) {
    out["started"] = seconds(*summary.started);
  }
  if (summary.exposure) {
    out["exposure"] = *summary.exposure;
  }
  if (summary.last_trigger) {
    out["last_trigger"] = seconds(*summary.last_trigger);
  }
  if (summary.next_elapse) {
    out["next_elapse"] = seconds(*summary.next_elapse);
  }
  if (summary.exercise) {
    out["exercise"] = to_json(*summary.exercise);
  }
  out["checks"] = list(service.checks, audience);
  return out;
}

ordered_json to_json(const HostReport& host, Audience audience) {
  ordered_json out{{"systemd_version", host.systemd_version}, {"state", text(host.state)}};
  if (host.failed_units) {
    out["failed_units"] = *host.failed_units;
  }
  if (host.nixos_generation) {
    out["nixos_generation"] = *host.nixos_generation;
  }
  if (host.nixos_reboot_needed) {
    out["nixos_reboot_needed"] = *host.nixos_reboot_needed;
  }
  out["checks"] = list(host.checks, audience);
  return out;
}

ordered_json to_json(const Change& change) {
  return {{"at", seconds(change.at)},   {"manager", change.manager}, {"unit", change.unit},
          {"check", change.check},      {"from", text(change.from)}, {"to", text(change.to)},
          {"observed", change.observed}};
}

template <class T, class... For>
ordered_json list(const std::vector<T>& values, For... audience) {
  ordered_json out = ordered_json::array();
  for (const T& value : values) {
    out.push_back(to_json(value, audience...));
  }
  return out;
}

// Escapes the control characters that JSON permits in strings: it may be shown on a terminal.
std::string dump(const ordered_json& value) {
  const std::string text = value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  const auto is_plain = [](char c) { return c >= ' ' && c < '\x7f'; };
  std::string out;
  out.reserve(text.size());
  for (std::string_view rest = text; !rest.empty();) {
    const auto plain =
        static_cast<std::size_t>(std::ranges::find_if_not(rest, is_plain) - rest.begin());
    out += rest.substr(0, plain);
    rest.remove_prefix(plain);
    const std::string_view next =
        rest.substr(0, std::max<std::size_t>(semantics::character_length(rest), 1));
    if (!next.empty() && semantics::is_control(semantics::code_point(next))) {
      std::array<char, sizeof("\\u0000")> escape{};
      (void)std::snprintf(escape.data(), escape.size(), "\\u%04x", semantics::code_point(next));
      out += escape.data();
    } else {
      out += next;
    }
    rest.remove_prefix(next.size());
  }
  return out;
}
}  // namespace

std::string JsonReport::text(const Report& report, const std::optional<About>& about) {
  const auto& services = services_.of(report.services, [this](const ServiceReport& service) {
    return dump(to_json(service, audience_));
  });
  ordered_json head;
  if (about) {
    head = {{"host_name", about->host}, {"version", about->version}};
  }
  head["generation"] = report.generation;
  head["made"] = seconds(report.made);
  head["totals"] = by_status(tally(report));
  std::string out = dump(head);
  out.back() = ',';  // replaces the closing brace
  out += "\"services\":[";
  for (std::size_t i = 0; i < services.size(); ++i) {
    out.append(i > 0 ? "," : "").append(services[i]);
  }
  out += "],";
  if (report.host) {
    out += "\"host\":" + dump(to_json(*report.host, audience_)) + ",";
  }
  return out +
         "\"changes\":" + dump(report.changes ? list(*report.changes) : ordered_json::array()) +
         "}";
}

std::string report_json(const Report& report, Audience audience) {
  return JsonReport(audience).text(report);
}
}  // namespace checklist::render
