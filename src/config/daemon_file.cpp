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
    Field{"max_rate", &Events::max_rate, "evaluations in a second, in a storm of events"}};

struct Bounds {
  Count<1, 1000> findings{32};
  Count<40, 1000> text_bytes{120};
  Count<mebibyte / 16, 64 * mebibyte> report_bytes{16 * mebibyte};
};

constexpr std::tuple bound_fields{
    Field{"findings", &Bounds::findings, "findings of one unit in the metrics"},
    Field{"text_bytes", &Bounds::text_bytes, "bytes of one text in a metric's label"},
    Field{"report_bytes", &Bounds::report_bytes,
          "bytes of one report that a user's instance hands over"}};

struct File {
  std::string schema;
  std::vector<UnitName> expected;
  std::vector<UserName> watch_users;
  SpanWithin<second, hour> resync{std::chrono::seconds{60}};
  SpanWithin<second / 10, hour> socket_interval{std::chrono::seconds{5}};
  Section<Events, event_fields> events;
  Section<Bounds, bound_fields> limits;
  Switches<CheckDef> defaults;
  Switches<HostCheckDef> host;
};

constexpr std::tuple fields{
    Field{"$schema", &File::schema, "where an editor finds this schema; not read otherwise"},
    Field{"expected", &File::expected, "units that must have a spec"},
    Field{"watch_users", &File::watch_users, "users whose instance must publish"},
    Field{"resync", &File::resync, "how often everything is looked at again"},
    Field{"socket_interval", &File::socket_interval, "how often listeners are looked at"},
    Field{"events", &File::events, "what a storm of events may cost"},
    Field{"limits", &File::limits, "what bounds the report"},
    Field{"defaults", &File::defaults, "parameters for every spec, by check"},
    Field{"host", &File::host, "checks of the whole host, and their parameters"}};

// `expected` and `watch_users` are parameters of a host check that are written at the top level.
void add_expected_lists(const File& file, Dict& parameters, const std::string& at,
                        ConfigErrors& mistakes) {
  const auto add = [&](const std::string& key, const std::vector<std::string>& names) {
    if (names.empty()) {
      return;
    }
    if (!parameters.emplace(key, ParameterType<std::vector<std::string>>::print(names)).second) {
      mistakes.push_back(
          {at + "/" + key, "one '" + key + "' in the file", "another one at its top"});
    }
  };
  add("expected", plain(file.expected));
  add("watch_users", plain(file.watch_users));
}

void bind_host_check(const Named<HostCheckDef>& check, const File& file, Configuration& out,
                     ConfigErrors& mistakes) {
  const auto& [name, def] = check;
  const Switch* given = file.host.find(name);
  const bool on = given != nullptr ? given->has_value() : def->runs == RunsWhen::always;
  if (!on) {
    return;
  }
  const std::string at = "/host/" + std::string(name);
  Dict parameters = given != nullptr ? **given : Dict{};
  if (def->traits.takes_expected_lists) {
    add_expected_lists(file, parameters, at, mistakes);
  }
  out.host.push_back({name, def->bind(parameters, at, mistakes)});
}
}  // namespace

Switches<CheckDef> read_daemon_file(const Dict& given, Configuration& out, ConfigErrors& mistakes) {
  File file = read<File>(given, fields, "", mistakes);
  out.expected = plain(file.expected);
  out.watch_users = plain(file.watch_users);
  out.resync = file.resync.length;
  out.socket_interval = file.socket_interval.length;
  out.max_rate = file.events.as.max_rate.number;
  out.limits = {.findings = file.limits.as.findings.number,
                .text_bytes = file.limits.as.text_bytes.number,
                .report_bytes = file.limits.as.report_bytes.number};
  for (const auto& [name, def] : all_checks()) {
    if (const Switch* preset = file.defaults.find(name); preset != nullptr && *preset) {
      const ConfigErrors found = mistakes_in(*def, **preset, "/defaults/" + std::string(name));
      mistakes.insert(mistakes.end(), found.begin(), found.end());
    }
  }
  for (const auto& check : all_host_checks()) {
    bind_host_check(check, file, out, mistakes);
  }
  return std::move(file.defaults);
}

Dict daemon_file_schema() {
  return schema<File>(fields);
}
}  // namespace checklist::config
