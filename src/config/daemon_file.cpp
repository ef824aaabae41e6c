// SPDX-License-Identifier: MIT
#include "config/daemon_file.hpp"

#include <algorithm>

#include "config/bounded.hpp"
#include "config/names.hpp"

namespace checklist::config {
namespace {
constexpr std::int64_t second = 1000;
constexpr std::int64_t hour = 3600 * second;
constexpr std::uint64_t mebibyte = 1 << 20;

struct Events {
  Count<1, 1000> max_rate{100};
};

constexpr std::tuple event_fields{
    Field{"max_rate", &Events::max_rate, "evaluations per second in a storm of events"}};

struct Bounds {
  Count<1, 1000> findings{32};
  Count<40, 1000> text_bytes{240};
  Count<mebibyte / 16, 64 * mebibyte> report_bytes{16 * mebibyte};
};

constexpr std::tuple bound_fields{
    Field{"findings", &Bounds::findings, "findings of one unit in the metrics"},
    Field{"text_bytes", &Bounds::text_bytes, "bytes of one text in a metric's label"},
    Field{"report_bytes", &Bounds::report_bytes, "bytes of one report from a user's instance"}};

constexpr std::tuple metrics_fields{
    Field{"status_sets", &OptionalMetrics::status_sets,
          "a series for each status of a check, as before version 0.2"},
    Field{"unit_states", &OptionalMetrics::unit_states,
          "the states of units and of the service manager"},
    Field{"details", &OptionalMetrics::details, "more about checklistd itself"}};

struct Web {
  std::optional<AbsolutePath> config_file;
};

constexpr std::tuple web_fields{
    Field{"config_file", &Web::config_file, "TLS and users of TCP addresses, in YAML"}};

struct File {
  std::string schema;
  std::vector<UnitName> expected;
  std::vector<UserName> watch_users;
  SpanWithin<second, hour> resync{std::chrono::seconds{60}};
  SpanWithin<second / 10, hour> socket_interval{std::chrono::seconds{5}};
  Section<Events, event_fields> events;
  Section<Bounds, bound_fields> limits;
  Section<OptionalMetrics, metrics_fields> metrics;
  Section<Web, web_fields> web;
  Switches<CheckDef> defaults;
  Switches<HostCheckDef> host;
};

constexpr std::tuple fields{
    Field{"$schema", &File::schema, "the schema's place, for editors; ignored otherwise"},
    Field{"expected", &File::expected, "units that must have a spec"},
    Field{"watch_users", &File::watch_users, "users whose instance must report"},
    Field{"resync", &File::resync, "interval of a full refresh"},
    Field{"socket_interval", &File::socket_interval, "interval of reading listening sockets"},
    Field{"events", &File::events, "limits on work in a storm of events"},
    Field{"limits", &File::limits, "limits on the report"},
    Field{"metrics", &File::metrics, "metrics that are exported besides the usual ones"},
    Field{"web", &File::web, "protection of the addresses that serve the report"},
    Field{"defaults", &File::defaults, "parameters for every spec, by check"},
    Field{"host", &File::host, "parameters by host check; true: the defaults, false: off"}};

// `expected` and `watch_users` stand at the top level, but are parameters of a host check.
void add_expected_lists(const File& file, Dict& parameters, const std::string& at,
                        ConfigErrors& errors) {
  const auto add = [&](const std::string& key, const std::vector<std::string>& names) {
    if (names.empty()) {
      return;
    }
    if (!parameters.emplace(key, ParameterType<std::vector<std::string>>::print(names)).second) {
      errors.push_back({at + "/" + key, "'" + key + "' once", "it here and at the top level"});
    }
  };
  add("expected", plain(file.expected));
  add("watch_users", plain(file.watch_users));
}

void bind_host_check(const Named<HostCheckDef>& check, const File& file, Configuration& out,
                     ConfigErrors& errors) {
  const auto& [name, def] = check;
  const Switch* given = file.host.find(name);
  const bool on = given != nullptr ? given->has_value() : def->runs == RunsWhen::always;
  if (!on) {
    return;
  }
  const std::string at = "/host/" + std::string(name);
  Dict parameters = given != nullptr ? **given : Dict{};
  if (def->traits.takes_expected_lists) {
    add_expected_lists(file, parameters, at, errors);
  }
  out.host.push_back({name, def->bind(parameters, at, errors)});
}
}  // namespace

Switches<CheckDef> read_daemon_file(const Dict& given, Configuration& out, ConfigErrors& errors) {
  File file = read<File>(given, fields, "", errors);
  out.expected = plain(file.expected);
  out.watch_users = plain(file.watch_users);
  out.resync = file.resync.length;
  out.socket_interval = file.socket_interval.length;
  out.max_rate = file.events.as.max_rate.number;
  out.limits = {.findings = file.limits.as.findings.number,
                .text_bytes = file.limits.as.text_bytes.number,
                .report_bytes = file.limits.as.report_bytes.number};
  out.metrics = file.metrics.as;
  out.web_file = file.web.as.config_file.value_or(AbsolutePath{}).path;
  for (const auto& [name, def] : all_checks()) {
    if (const Switch* preset = file.defaults.find(name); preset != nullptr && *preset) {
      const ConfigErrors found = errors_in(*def, **preset, "/defaults/" + std::string(name));
      errors.insert(errors.end(), found.begin(), found.end());
    }
  }
  for (const auto& check : all_host_checks()) {
    bind_host_check(check, file, out, errors);
  }
  return std::move(file.defaults);
}

Dict daemon_file_schema() {
  return schema<File>(fields);
}
}  // namespace checklist::config
