// SPDX-License-Identifier: MIT
#include "store/json_records.hpp"

#include <stdexcept>
#include <system_error>

#include <nlohmann/json.hpp>

#include "store/json_numbers.hpp"

namespace checklist::store {
namespace {
using nlohmann::json;
constexpr int version = 1;

// How a kind of record is stored: the member that holds it, which also names the file.
template <class T>
struct Codec;

template <>
struct Codec<Acknowledgements> {
  static constexpr auto member = "acknowledged";

  static Acknowledgements parse(const json& entries) {
    Acknowledgements out;
    for (const json& entry : entries) {
      out[{entry.at("unit").get<std::string>(), entry.at("check").get<std::string>()}] = {
          .until = wall_time(entry.at("until")),
          .reason = entry.at("reason").get<std::string>(),
          .by = entry.at("by").get<std::string>()};
    }
    return out;
  }

  static json print(const Acknowledgements& records) {
    json out = json::array();
    for (const auto& [what, each] : records) {
      out.push_back({{"unit", what.first},
                     {"check", what.second},
                     {"until", each.until.time_since_epoch().count()},
                     {"reason", each.reason},
                     {"by", each.by}});
    }
    return out;
  }
};

template <>
struct Codec<Forgotten> {
  static constexpr auto member = "forgotten";

  static Forgotten parse(const json& entries) {
    Forgotten out;
    for (const auto& [spec, at] : members(entries)) {
      out.emplace(spec, wall_time(at));
    }
    return out;
  }

  static json print(const Forgotten& records) {
    json out = json::object();
    for (const auto& [spec, at] : records) {
      out[spec] = at.time_since_epoch().count();
    }
    return out;
  }
};

template <class E>
E enumerator(const json& name) {
  const auto out = from_text<E>(name.get<std::string>());
  if (!out) {
    throw std::invalid_argument("unknown value '" + name.get<std::string>() + "'");
  }
  return *out;
}

template <>
struct Codec<Exercises> {
  static constexpr auto member = "exercises";

  static Exercises parse(const json& entries) {
    Exercises out;
    for (const auto& [unit, entry] : members(entries)) {
      Exercise& exercise = out[unit];
      exercise.at = wall_time(entry.at("at"));
      exercise.definition = entry.at("definition").get<std::vector<std::string>>();
      for (const json& step : entry.at("steps")) {
        exercise.steps.push_back({.name = step.at("name").get<std::string>(),
                                  .outcome = enumerator<Outcome>(step.at("outcome")),
                                  .text = step.at("text").get<std::string>()});
      }
    }
    return out;
  }

  static json print(const Exercises& records) {
    json out = json::object();
    for (const auto& [unit, exercise] : records) {
      json steps = json::array();
      for (const ExerciseStep& step : exercise.steps) {
        steps.push_back(
            {{"name", step.name}, {"outcome", text(step.outcome)}, {"text", step.text}});
      }
      out[unit] = {{"at", exercise.at.time_since_epoch().count()},
                   {"definition", exercise.definition},
                   {"steps", std::move(steps)}};
    }
    return out;
  }
};

template <>
struct Codec<ExercisePlan> {
  static constexpr auto member = "exercise_plan";

  static ExercisePlan parse(const json& entry) {
    ExercisePlan out{.is_finished = entry.at("finished").get<bool>(),
                     .unit = entry.at("unit").get<std::string>(),
                     .by = entry.at("by").get<std::string>(),
                     .boot_id = entry.at("boot_id").get<std::string>(),
                     .until = wall_time(entry.at("until"))};
    for (const json& each : entry.at("units")) {
      out.units.push_back({.unit = each.at("unit").get<std::string>(),
                           .active = enumerator<ActiveState>(each.at("active"))});
    }
    entry.at("names").get_to(out.names);
    entry.at("links").get_to(out.links);
    entry.at("runtime_links").get_to(out.runtime_links);
    entry.at("affected").get_to(out.affected);
    return out;
  }

  static json print(const ExercisePlan& plan) {
    json units = json::array();
    for (const UnitAsFound& each : plan.units) {
      units.push_back({{"unit", each.unit}, {"active", text(each.active)}});
    }
    return {{"finished", plan.is_finished},
            {"unit", plan.unit},
            {"by", plan.by},
            {"boot_id", plan.boot_id},
            {"until", plan.until.time_since_epoch().count()},
            {"units", std::move(units)},
            {"names", plan.names},
            {"links", plan.links},
            {"runtime_links", plan.runtime_links},
            {"affected", plan.affected}};
  }
};

template <class T>
T parse(const std::string& text) {
  const json file = json::parse(text);
  if (integer<int>(file.at("version")) != version) {
    throw std::invalid_argument("written by a newer checklistctl");
  }
  return Codec<T>::parse(file.at(Codec<T>::member));
}
}  // namespace

template <class T>
JsonRecords<T>::JsonRecords(std::string directory)
    : file_(std::move(directory), std::string(Codec<T>::member) + ".json") {}

template <class T>
typename JsonRecords<T>::Content JsonRecords<T>::read() const {
  const RecordFile::Content content = file_.read();
  if (!content.text) {
    return {.records = {}, .error = content.error};
  }
  try {
    return {.records = parse<T>(*content.text), .error = {}};
  } catch (const json::exception& error) {
    return {.records = {}, .error = path() + ": " + error.what()};
  } catch (const std::invalid_argument& error) {
    return {.records = {}, .error = path() + ": " + error.what()};
  }
}

template <class T>
void JsonRecords<T>::write(const T& records) const {
  const json file{{"version", version}, {Codec<T>::member, Codec<T>::print(records)}};
  file_.write(file.dump(2, ' ', false, json::error_handler_t::replace) + "\n");
}

template class JsonRecords<Acknowledgements>;
template class JsonRecords<Forgotten>;
template class JsonRecords<Exercises>;
template class JsonRecords<ExercisePlan>;

void add(const ForgottenFile& file, const std::string& spec, WallTime at) {
  const RecordHold hold = file.hold();
  auto content = file.read();
  if (!content.error.empty()) {
    throw std::system_error(std::make_error_code(std::errc::bad_message), content.error);
  }
  content.records[spec] = at;
  file.write(content.records);
}
}  // namespace checklist::store
