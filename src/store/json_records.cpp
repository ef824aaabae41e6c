// SPDX-License-Identifier: MIT
#include "store/json_records.hpp"

#include <stdexcept>
#include <system_error>

#include <nlohmann/json.hpp>

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
          .until = WallTime{Duration{entry.at("until").get<std::int64_t>()}},
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
    for (const auto& [spec, at] : entries.items()) {
      out.emplace(spec, WallTime{Duration{at.get<std::int64_t>()}});
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

template <class T>
T parse(const std::string& text) {
  const json file = json::parse(text);
  if (file.at("version").get<int>() != version) {
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
