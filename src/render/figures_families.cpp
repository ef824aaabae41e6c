// SPDX-License-Identifier: MIT
// Metric families of checklistd itself and of the units' resource usage.
#include <map>

#include "render/families.hpp"
#include "render/family.hpp"
#include "render/label.hpp"

namespace checklist::render {
namespace {
using prometheus::MetricFamily;
using prometheus::MetricType;
using Families = std::vector<MetricFamily>;

double seconds(Duration length) {
  return std::chrono::duration<double>(length).count();
}

void add(Families& out, Family family, double value, const Labels& labels = {}) {
  family.add(labels, value);
  out.push_back(family.take());
}

void add_work(Families& out, const Figures& figures) {
  add(out,
      Family::gauge("build_info",
                    "A metric with a constant value of 1, labeled by the version of checklistd."),
      1, {{"version", figures.version}});
  add(out, Family::gauge("specs_loaded", "Number of specs in force."),
      static_cast<double>(figures.specs_loaded));
  add(out,
      Family::gauge("dbus_up", "Whether the service manager responds on D-Bus (1) or not (0)."),
      figures.engine.bus_up ? 1 : 0);
  add(out,
      Family::counter("dbus_reconnects_total",
                      "Total number of reconnections to the service manager."),
      static_cast<double>(figures.engine.bus_reconnects));
  add(out, Family::counter("events_total", "Total number of events received, by source."),
      static_cast<double>(figures.engine.signals), {{"source", "dbus"}});
  add(out, Family::counter("evaluations_total", "Total number of evaluations of a check."),
      static_cast<double>(figures.engine.evaluations));
  add(out,
      Family::gauge("config_last_reload_successful",
                    "Whether the last reload of the configuration succeeded (1) or failed (0)."),
      figures.config_ok ? 1 : 0);
  add(out,
      Family::gauge("config_last_reload_success_timestamp_seconds",
                    "Unix timestamp of the last successful reload of the configuration."),
      render::seconds(figures.config_loaded));
  add(out,
      Family::gauge("loop_longest_turn_seconds",
                    "Longest turn of the event loop since the last scrape, in seconds."),
      seconds(figures.longest_turn));
}

prometheus::ClientMetric summary(const DurationTotal& durations) {
  prometheus::ClientMetric metric;
  metric.summary.sample_count = durations.count;
  metric.summary.sample_sum = seconds(durations.sum);
  return metric;
}

void add_evaluation_duration(Families& out, const DurationTotal& durations) {
  out.push_back({.name = "checklist_evaluation_duration_seconds",
                 .help = "Duration of evaluations in seconds.",
                 .type = MetricType::Summary,
                 .metric = {summary(durations)}});
}

void add_probes(Families& out, const EngineFigures& engine) {
  MetricFamily family{
      .name = "checklist_probe_duration_seconds",
      .help = "Duration of a unit's probes in seconds, including those that failed.",
      .type = MetricType::Summary,
      .metric = {}};
  for (const auto& [unit, durations] : engine.probes) {
    auto metric = summary(durations);
    metric.label = {{"unit", label_text(unit)}, {"manager", label_text(engine.manager)}};
    family.metric.push_back(std::move(metric));
  }
  out.push_back(std::move(family));
}

void add_usages(Families& out, const EngineFigures& engine) {
  auto memory = Family::gauge("unit_memory_bytes",
                              "Memory used by a unit's cgroup in bytes, including caches.");
  auto tasks = Family::gauge("unit_tasks", "Number of tasks in a unit's cgroup.");
  auto cpu = Family::counter("unit_cpu_seconds_total",
                             "Total CPU time used by a unit since its start, in seconds.");
  for (const auto& [unit, usage] : engine.usages) {
    const Labels labels{{"unit", unit}, {"manager", engine.manager}};
    if (usage.memory_bytes) {
      memory.add(labels, static_cast<double>(*usage.memory_bytes));
    }
    if (usage.tasks) {
      tasks.add(labels, static_cast<double>(*usage.tasks));
    }
    if (usage.cpu) {
      cpu.add(labels, seconds(*usage.cpu));
    }
  }
  out.insert(out.end(), {memory.take(), tasks.take(), cpu.take()});
}

std::string level_of(const MessageCounts::key_type& kind) {
  const auto& [priority, of] = kind;
  return of == MessageClass::match ? "match" : priority <= Priority::err ? "error" : "warning";
}

void add_messages(Families& out, const EngineFigures& engine) {
  auto family = Family::counter(
      "journal_messages_total",
      "Total number of journal messages of a unit: with priority err or higher (level error), with "
      "priority warning, and others that match a pattern of its spec (level match).");
  for (const auto& [unit, counts] : engine.messages) {
    std::map<std::string, std::uint64_t> by_level;
    for (const auto& [kind, count] : counts) {
      by_level[level_of(kind)] += count;
    }
    for (const auto& [level, count] : by_level) {
      family.add({{"unit", unit}, {"manager", engine.manager}, {"level", level}},
                 static_cast<double>(count));
    }
  }
  out.push_back(family.take());
}

void add_observers(Families& out, const std::vector<ObserverFigures>& observers, bool in_detail) {
  auto up =
      Family::gauge("observer_up", "Whether an observer's source is readable (1) or not (0).");
  auto success = Family::gauge("observer_last_success_timestamp_seconds",
                               "Unix timestamp of an observer's last successful update.");
  auto duration = Family::gauge("observer_duration_seconds",
                                "Duration of an observer's last update in seconds.");
  for (const ObserverFigures& observer : observers) {
    const Labels labels{{"observer", observer.name}};
    up.add(labels, observer.up ? 1 : 0);
    if (in_detail && observer.last_success) {
      success.add(labels, render::seconds(*observer.last_success));
    }
    if (in_detail && observer.duration) {
      duration.add(labels, seconds(*observer.duration));
    }
  }
  out.insert(out.end(), {up.take(), success.take(), duration.take()});
}

void add_process(Families& out, const Figures& figures, bool in_detail) {
  struct Row {
    const char* name;
    const char* help;
    MetricType type;
    double value;
  };

  for (const Row& row :
       {Row{"process_cpu_seconds_total", "Total user and system CPU time spent in seconds.",
            MetricType::Counter, figures.cpu_seconds},
        Row{"process_resident_memory_bytes", "Resident memory size in bytes.", MetricType::Gauge,
            figures.resident_bytes},
        Row{"process_virtual_memory_bytes", "Virtual memory size in bytes.", MetricType::Gauge,
            in_detail ? figures.virtual_bytes : -1},
        Row{"process_open_fds", "Number of open file descriptors.", MetricType::Gauge,
            figures.open_fds},
        Row{"process_max_fds", "Maximum number of open file descriptors.", MetricType::Gauge,
            figures.max_fds},
        Row{"process_start_time_seconds", "Start time of the process since unix epoch in seconds.",
            MetricType::Gauge, figures.start_time_seconds}}) {
    if (row.value >= 0) {
      add(out, Family(row.name, row.help, row.type), row.value);
    }
  }
}
}  // namespace

Families families_of(const Figures& figures, const OptionalMetrics& metrics) {
  Families out;
  add_work(out, figures);
  if (figures.engine.evaluation_duration) {
    add_evaluation_duration(out, *figures.engine.evaluation_duration);
  }
  add_observers(out, figures.engine.observers, metrics.details);
  add_probes(out, figures.engine);
  add_usages(out, figures.engine);
  add_messages(out, figures.engine);
  add_process(out, figures, metrics.details);
  return out;
}
}  // namespace checklist::render
