// SPDX-License-Identifier: MIT
// Parses a report from JSON; see report_json.hpp.
#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "render/json_node.hpp"
#include "render/report_json.hpp"

namespace checklist::render {
namespace {
using nlohmann::json;
constexpr std::size_t longest_json = 64U << 20U;
constexpr int deepest = 8;  // a report has 6 levels
constexpr std::size_t few_values = 10'000;
constexpr std::size_t bytes_a_value = 8;  // a report has some 20 to each, with names and quotes
constexpr std::size_t most_services = 4096;
constexpr std::size_t most_checks = 64;
constexpr std::size_t most_steps = 32;
constexpr std::size_t most_findings = 4096;
constexpr std::size_t most_changes = 256;

constexpr std::string_view in_units = ":_.\\-@";  // systemd.unit(5)
constexpr std::string_view in_managers = ":_.-$@+\\";
constexpr std::string_view in_checks = "_";

// Members are assigned one by one, because gcc 12 destroys those of a braced initializer twice if a
// later one throws (bug 66139).
Finding to_finding(const JsonNode& from) {
  Finding out;
  out.status = from["status"].word<Status>();
  out.subject = from["subject"].text();
  out.reason = from["reason"].text();
  out.expected = from["expected"].text();
  out.observed = from["observed"].text();
  out.hint = from["hint"].text();
  out.details = from["details"].text();
  if (const auto cause = from.find("cause")) {
    out.cause = cause->text();
  }
  return out;
}

CheckResult to_result(const JsonNode& from) {
  CheckResult out;
  out.check = from["check"].name(in_checks);
  out.track.status = from["status"].word<Status>();
  out.track.since = from["since"].time();
  if (const auto severity = from.find("severity")) {  // reports of version 0.1 have neither
    out.severity = severity->word<Severity>();
  }
  if (const auto kind = from.find("class")) {
    out.kind = kind->word<CheckClass>();
  }
  const JsonNode changes = from["changes"];
  for (const auto& [status, name] : names<Status>) {
    out.track.changes.at(static_cast<std::size_t>(status)) = changes[std::string(name)].count();
  }
  if (const auto acknowledged = from.find("acknowledged")) {
    Acknowledgement known;
    known.until = (*acknowledged)["until"].time();
    known.reason = (*acknowledged)["reason"].text();
    known.by = (*acknowledged)["by"].text();
    out.acknowledged = std::move(known);
  }
  for (const JsonNode& finding : from["findings"].list(most_findings)) {
    out.findings.push_back(to_finding(finding));
  }
  return out;
}

std::vector<CheckResult> to_results(const JsonNode& from) {
  std::vector<CheckResult> out;
  std::set<std::string> seen;
  for (const JsonNode& each : from.list(most_checks)) {
    out.push_back(to_result(each));
    if (!seen.insert(out.back().check).second) {
      throw each.mistake("each check once");
    }
  }
  return out;
}

ExerciseSummary to_exercise(const JsonNode& from) {
  ExerciseSummary out{.at = from["at"].time(), .success = {}};
  for (const JsonNode& step : from["steps"].list(most_steps)) {
    out.success[step["name"].name(in_checks)] = step["success"].flag();
  }
  return out;
}

ServiceReport to_service(const JsonNode& from) {
  ServiceReport out;
  out.unit = from["unit"].name(in_units);
  out.manager = from["manager"].name(in_managers);
  out.group = from["group"].text();
  out.severity = from["severity"].word<Severity>();
  out.enabled = from["enabled"].flag();
  out.summary.load = from["load_state"].word<LoadState>();
  out.summary.active = from["active_state"].word<ActiveState>();
  out.summary.sub = from["sub_state"].text();
  out.summary.fragment_path = from["fragment_path"].text();
  out.summary.unit_file_state = from["unit_file_state"].text();
  out.checks = to_results(from["checks"]);
  if (const auto restarts = from.find("restarts")) {
    out.summary.restarts = restarts->count();
  }
  if (const auto started = from.find("started")) {
    out.summary.started = started->time();
  }
  if (const auto exposure = from.find("exposure")) {
    out.summary.exposure = exposure->level();
  }
  if (const auto exercise = from.find("exercise")) {
    out.summary.exercise = to_exercise(*exercise);
  }
  if (const auto triggered = from.find("last_trigger")) {
    out.summary.last_trigger = triggered->time();
  }
  if (const auto elapses = from.find("next_elapse")) {
    out.summary.next_elapse = elapses->time();
  }
  return out;
}

HostReport to_host(const JsonNode& from) {
  HostReport out;
  out.systemd_version = from["systemd_version"].text();
  out.state = from["state"].word<SystemState>();
  out.checks = to_results(from["checks"]);
  if (const auto failed = from.find("failed_units")) {
    out.failed_units = failed->count();
  }
  if (const auto generation = from.find("nixos_generation")) {
    out.nixos_generation = generation->count();
  }
  if (const auto reboot = from.find("nixos_reboot_needed")) {
    out.nixos_reboot_needed = reboot->flag();
  }
  return out;
}

Change to_change(const JsonNode& from) {
  Change out;
  out.at = from["at"].time();
  out.manager = from["manager"].name(in_managers);
  out.unit = from["unit"].text().empty() ? std::string() : from["unit"].name(in_units);
  out.check = from["check"].name(in_checks);
  out.from = from["from"].word<Status>();
  out.to = from["to"].word<Status>();
  out.observed = from["observed"].text();
  return out;
}

void read_report(const JsonNode& from, ParsedReport& out) {
  out.generation = from["generation"].count();
  out.made = from["made"].time();
  std::set<std::pair<std::string, std::string>> seen;
  for (const JsonNode& each : from["services"].list(most_services)) {
    auto service = std::make_shared<const ServiceReport>(to_service(each));
    if (!seen.emplace(service->manager, service->unit).second) {
      throw each.mistake("each unit of a manager once");
    }
    out.services.push_back(std::move(service));
  }
  if (const auto host = from.find("host")) {
    out.host = std::make_shared<const HostReport>(to_host(*host));
  }
  std::vector<Change> changes;
  for (const JsonNode& change : from["changes"].list(most_changes)) {
    changes.push_back(to_change(change));
  }
  out.changes = std::make_shared<const std::vector<Change>>(std::move(changes));
}

// Refuses what costs time or memory out of proportion to the text, before it is parsed. A callback
// of the parser could do that as well, but with one the library searches a whole list after each of
// its objects.
void check_bounds(std::string_view text) {
  if (text.size() > longest_json) {
    throw NotAReport{"the text is longer than 64 MiB"};
  }
  const std::size_t most_values = few_values + text.size() / bytes_a_value;
  std::size_t values = 0;
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') {
      in_string = !in_string;
    } else if (in_string) {
      at += c == '\\' ? 1U : 0U;
    } else if (c == '[' || c == '{') {
      ++values;
      if (++depth > deepest) {
        throw NotAReport{"the text is nested too deeply"};
      }
    } else if (c == ']' || c == '}') {
      --depth;
    } else if (c == ',') {
      ++values;
    }
  }
  if (values > most_values) {
    throw NotAReport{"the text has more values than a report of its length"};
  }
}

json bounded_json(std::string_view text) {
  check_bounds(text);
  return json::parse(text);
}

ParsedReport refused(const std::string& mistake) {
  ParsedReport out;
  out.mistake = mistake;
  return out;
}
}  // namespace

ParsedReport parse_report(std::string_view text) {
  ParsedReport out;
  try {
    const json whole = bounded_json(text);
    read_report({whole, ""}, out);
  } catch (const NotAReport& error) {
    return refused(error.what());
  } catch (const json::exception& error) {
    return refused(std::string("not JSON: ") + error.what());
  }
  return out;
}

ParsedReport parse_published(std::string_view text) {
  ParsedReport out = parse_report(text);
  const auto is_foreign = [&out](const auto& service) {
    return service->manager != out.services.front()->manager;
  };
  return std::ranges::any_of(out.services, is_foreign)
             ? refused("services: expected units of one manager")
             : out;
}
}  // namespace checklist::render
