// SPDX-License-Identifier: MIT
#include "store/state_json.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "store/json_numbers.hpp"

namespace checklist::store {
namespace {
using nlohmann::json;
constexpr int version = 1;

std::int64_t usec(WallTime time) {
  return time.time_since_epoch().count();
}

template <class E>
E word(const std::string& name) {
  const auto parsed = from_text<E>(name);
  return parsed ? *parsed : throw std::invalid_argument("unknown word: " + name);
}

Status status(const json& value) {
  return word<Status>(value.get<std::string>());
}

json to_json(const KeptDefinition& definition) {
  json out{{"digest", definition.digest}, {"loaded_at", definition.loaded_at}};
  if (definition.changed) {
    out["changed"] = definition.changed->count();
  }
  return out;
}

KeptDefinition definition_from_json(const json& from) {
  KeptDefinition out;
  out.digest = integer<std::uint64_t>(from.at("digest"));
  out.loaded_at = integer<std::uint64_t>(from.at("loaded_at"));
  if (from.contains("changed")) {
    out.changed = Duration{integer<std::int64_t>(from.at("changed"))};
  }
  return out;
}

json to_json(const KeptRecord& record) {
  json out{{"cgroup_ids", record.cgroup_ids}};
  if (record.last_trigger) {
    out["last_trigger"] = usec(*record.last_trigger);
  }
  if (record.first_seen) {
    out["first_seen"] = usec(*record.first_seen);
  }
  if (record.definition) {
    out["definition"] = to_json(*record.definition);
  }
  if (record.started_by_boot) {
    out["started_by_boot"] = *record.started_by_boot;
  }
  if (const auto& run = record.last_run) {
    out["last_run"] = {{"ended", usec(run->ended)},
                       {"boot_id", run->boot_id},
                       {"result", run->result},
                       {"exit_code", run->exit_code},
                       {"exit_status", run->exit_status}};
  }
  return out;
}

KeptRecord record_from_json(const json& from) {
  KeptRecord out;
  for (const json& id : from.at("cgroup_ids").get<std::vector<json>>()) {
    out.cgroup_ids.insert(integer<std::uint64_t>(id));
  }
  if (from.contains("started_by_boot")) {
    out.started_by_boot = from.at("started_by_boot").get<bool>();
  }
  if (from.contains("last_trigger")) {
    out.last_trigger = wall_time(from.at("last_trigger"));
  }
  if (from.contains("first_seen")) {
    out.first_seen = wall_time(from.at("first_seen"));
  }
  if (from.contains("definition")) {
    out.definition = definition_from_json(from.at("definition"));
  }
  if (from.contains("last_run")) {
    const json& run = from.at("last_run");
    out.last_run = {.ended = wall_time(run.at("ended")),
                    .boot_id = run.at("boot_id"),
                    .result = run.at("result"),
                    .exit_code = run.at("exit_code"),
                    .exit_status = run.at("exit_status")};
  }
  return out;
}

json to_json(const MessageCounts& counts) {
  json out = json::object();
  for (const auto& [of, count] : counts) {
    out[std::string(text(of.first))][std::string(text(of.second))] = count;
  }
  return out;
}

KeptMessages messages_from_json(const json& from) {
  KeptMessages out;
  out.cursor = from.at("cursor");
  out.behind = from.value("behind", std::map<std::string, std::string>());
  for (const auto& [unit, counters] : members(from.at("counters"))) {
    for (const auto& [priority, by_class] : members(counters)) {
      for (const auto& [counted, number] : members(by_class)) {
        out.counts[unit][{word<Priority>(priority), word<MessageClass>(counted)}] = count(number);
      }
    }
  }
  return out;
}

json to_json(const std::map<std::string, Track>& checks) {
  json out = json::object();
  for (const auto& [check, track] : checks) {
    out[check] = {
        {"status", text(track.status)}, {"since", usec(track.since)}, {"changes", track.changes}};
  }
  return out;
}

json to_json(const Change& change) {
  return {{"at", usec(change.at)},      {"manager", change.manager}, {"unit", change.unit},
          {"check", change.check},      {"from", text(change.from)}, {"to", text(change.to)},
          {"observed", change.observed}};
}

// Everything except what EntryTexts prints.
json rest_to_json(const State& state) {
  json out{{"version", version}, {"boot_id", state.boot_id}, {"specs", state.specs}};
  out["forgotten"] = json::object();
  for (const auto& [spec, at] : state.forgotten) {
    out["forgotten"][spec] = usec(at);
  }
  out["changes"] = json::array();
  for (const Change& change : state.changes) {
    out["changes"].push_back(to_json(change));
  }
  return out;
}

Track track_from_json(const json& from) {
  Track out{.status = status(from.at("status")), .since = wall_time(from.at("since"))};
  const json& changes = from.at("changes");
  if (changes.size() != out.changes.size()) {
    throw std::invalid_argument("not the changes of a check: " + shown(changes));
  }
  std::ranges::transform(changes, out.changes.begin(), count);
  return out;
}

State from_json(const json& from) {
  if (integer<int>(from.at("version")) > version) {
    throw std::invalid_argument("written by a newer checklistd");
  }
  State out;
  out.boot_id = from.at("boot_id");
  out.specs = from.at("specs").get<std::map<std::string, bool>>();
  const json forgotten = from.value("forgotten", json::object());  // missing in older files
  for (const auto& [spec, at] : members(forgotten)) {
    out.forgotten[spec] = wall_time(at);
  }
  for (const auto& [unit, checks] : members(from.at("checks"))) {
    for (const auto& [check, track] : members(checks)) {
      out.checks[unit][check] = track_from_json(track);
    }
  }
  if (from.contains("records")) {  // missing in older files
    for (const auto& [unit, record] : members(from.at("records"))) {
      out.records[unit] = record_from_json(record);
    }
  }
  if (from.contains("journal")) {  // missing in older files
    out.journal = messages_from_json(from.at("journal"));
  }
  for (const json& change : from.at("changes")) {
    out.changes.push_back({.at = wall_time(change.at("at")),
                           .manager = change.at("manager"),
                           .unit = change.at("unit"),
                           .check = change.at("check"),
                           .from = status(change.at("from")),
                           .to = status(change.at("to")),
                           .observed = change.at("observed")});
  }
  return out;
}

std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}
}  // namespace

template <class T>
void EntryTexts<T>::append(std::string& out, const std::map<std::string, T>& entries) {
  std::map<std::string, Entry> previous = std::exchange(entries_, {});
  const char* separator = "{";
  for (const auto& [name, value] : entries) {
    auto kept = previous.extract(name);
    if (kept.empty() || kept.mapped().value != value) {
      entries_.insert_or_assign(entries_.end(), name,
                                Entry{value, dump(json(name)) + ":" + dump(to_json(value))});
    } else {
      entries_.insert(entries_.end(), std::move(kept));
    }
    out += std::exchange(separator, ",");
    out += entries_.rbegin()->second.text;
  }
  out += entries.empty() ? "{}" : "}";
}

std::string StateText::of(const State& state) {
  std::string out = dump(rest_to_json(state));
  out.back() = ',';  // instead of the closing brace
  out += "\"checks\":";
  checks_.append(out, state.checks);
  out += ",\"records\":";
  records_.append(out, state.records);
  out += R"(,"journal":{"cursor":)" + dump(json(state.journal.cursor));
  out += ",\"behind\":" + dump(json(state.journal.behind));
  out += ",\"counters\":";
  counters_.append(out, state.journal.counts);
  return out + "}}";
}

State state_from(const std::string& text) {
  try {
    return from_json(json::parse(text));
  } catch (const json::exception& error) {
    throw std::invalid_argument(error.what());
  }
}
}  // namespace checklist::store
