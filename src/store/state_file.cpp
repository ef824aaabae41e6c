// SPDX-License-Identifier: MIT
#include "store/state_file.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include <nlohmann/json.hpp>

namespace checklist::store {
namespace {
using nlohmann::json;
namespace fs = std::filesystem;
constexpr int version = 1;

std::int64_t usec(WallTime time) {
  return time.time_since_epoch().count();
}

WallTime wall(const json& value) {
  return WallTime{Duration{value.get<std::int64_t>()}};
}

template <class E>
E word(const std::string& name) {
  const auto parsed = from_text<E>(name);
  return parsed ? *parsed : throw std::invalid_argument("no such word: " + name);
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
  out.digest = from.at("digest").get<std::uint64_t>();
  out.loaded_at = from.at("loaded_at").get<std::uint64_t>();
  if (from.contains("changed")) {
    out.changed = Duration{from.at("changed").get<std::int64_t>()};
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
  out.cgroup_ids = from.at("cgroup_ids").get<std::set<std::uint64_t>>();
  if (from.contains("started_by_boot")) {
    out.started_by_boot = from.at("started_by_boot").get<bool>();
  }
  if (from.contains("last_trigger")) {
    out.last_trigger = wall(from.at("last_trigger"));
  }
  if (from.contains("first_seen")) {
    out.first_seen = wall(from.at("first_seen"));
  }
  if (from.contains("definition")) {
    out.definition = definition_from_json(from.at("definition"));
  }
  if (from.contains("last_run")) {
    const json& run = from.at("last_run");
    out.last_run = {.ended = wall(run.at("ended")),
                    .boot_id = run.at("boot_id"),
                    .result = run.at("result"),
                    .exit_code = run.at("exit_code"),
                    .exit_status = run.at("exit_status")};
  }
  return out;
}

json to_json(const KeptMessages& journal) {
  json out{{"cursor", journal.cursor}, {"counters", json::object()}};
  for (const auto& [unit, counts] : journal.counts) {
    json& counters = out["counters"][unit];
    for (const auto& [of, count] : counts) {
      counters[std::string(text(of.first))][std::string(text(of.second))] = count;
    }
  }
  if (!journal.behind.empty()) {
    out["behind"] = journal.behind;
  }
  return out;
}

KeptMessages messages_from_json(const json& from) {
  KeptMessages out;
  out.cursor = from.at("cursor");
  out.behind = from.value("behind", std::map<std::string, std::string>());
  for (const auto& [unit, counters] : from.at("counters").items()) {
    for (const auto& [priority, by_class] : counters.items()) {
      for (const auto& [counted, count] : by_class.items()) {
        if (!count.is_number_unsigned()) {
          throw std::invalid_argument("no count: " + count.dump());
        }
        out.counts[unit][{word<Priority>(priority), word<MessageClass>(counted)}] = count;
      }
    }
  }
  return out;
}

json to_json(const State& state) {
  json out{{"version", version}, {"boot_id", state.boot_id}, {"specs", state.specs}};
  out["checks"] = json::object();
  for (const auto& [unit, checks] : state.checks) {
    for (const auto& [check, track] : checks) {
      out["checks"][unit][check] = {
          {"status", text(track.status)}, {"since", usec(track.since)}, {"changes", track.changes}};
    }
  }
  out["forgotten"] = json::object();
  for (const auto& [spec, at] : state.heeded) {
    out["forgotten"][spec] = usec(at);
  }
  out["records"] = json::object();
  for (const auto& [unit, record] : state.records) {
    out["records"][unit] = to_json(record);
  }
  out["journal"] = to_json(state.journal);
  out["changes"] = json::array();
  for (const Change& change : state.changes) {
    out["changes"].push_back({{"at", usec(change.at)},
                              {"manager", change.manager},
                              {"unit", change.unit},
                              {"check", change.check},
                              {"from", text(change.from)},
                              {"to", text(change.to)},
                              {"observed", change.observed}});
  }
  return out;
}

State from_json(const json& from) {
  if (from.at("version").get<int>() > version) {
    throw std::invalid_argument("written by a newer checklistd");
  }
  State out;
  out.boot_id = from.at("boot_id");
  out.specs = from.at("specs").get<std::map<std::string, bool>>();
  const json forgotten = from.value("forgotten", json::object());  // missing in older files
  for (const auto& [spec, at] : forgotten.items()) {
    out.heeded[spec] = wall(at);
  }
  for (const auto& [unit, checks] : from.at("checks").items()) {
    for (const auto& [check, track] : checks.items()) {
      out.checks[unit][check] = {
          .status = status(track.at("status")),
          .since = wall(track.at("since")),
          .changes = track.at("changes").get<std::array<std::uint64_t, 4>>()};
    }
  }
  if (from.contains("records")) {  // the first versions kept none
    for (const auto& [unit, record] : from.at("records").items()) {
      out.records[unit] = record_from_json(record);
    }
  }
  if (from.contains("journal")) {  // likewise
    out.journal = messages_from_json(from.at("journal"));
  }
  for (const json& change : from.at("changes")) {
    out.changes.push_back({.at = wall(change.at("at")),
                           .manager = change.at("manager"),
                           .unit = change.at("unit"),
                           .check = change.at("check"),
                           .from = status(change.at("from")),
                           .to = status(change.at("to")),
                           .observed = change.at("observed")});
  }
  return out;
}

std::string set_aside(const std::string& path, const std::string& why) {
  std::error_code error;
  for (int n = 1;; ++n) {
    const std::string aside = path + ".bad-" + std::to_string(n);
    if (!fs::exists(aside, error)) {
      fs::rename(path, aside, error);
      return aside + ": " + why;
    }
  }
}
}  // namespace

Restored StateFile::read() const {
  std::ifstream file(path_, std::ios::binary);
  if (!file) {
    const int error = errno;
    return error == ENOENT
               ? Restored{}
               : Restored{.state = {},
                          .set_aside = set_aside(path_, std::generic_category().message(error))};
  }
  std::ostringstream text;
  text << file.rdbuf();
  try {
    return {.state = from_json(json::parse(text.str())), .set_aside = {}};
  } catch (const json::exception& error) {
    return {.state = {}, .set_aside = set_aside(path_, error.what())};
  } catch (const std::invalid_argument& error) {
    return {.state = {}, .set_aside = set_aside(path_, error.what())};
  }
}

std::optional<State> StateFile::peek() const {
  std::ifstream file(path_, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  try {
    return from_json(json::parse(text.str()));
  } catch (const json::exception&) {
    return std::nullopt;
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

void StateFile::write(const State& state) const {
  const std::string fresh = path_ + ".new";
  std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
  file << to_json(state).dump(-1, ' ', false, json::error_handler_t::replace);
  file.close();
  if (!file) {
    throw std::system_error(errno, std::generic_category(), fresh);
  }
  fs::rename(fresh, path_);
}
}  // namespace checklist::store
