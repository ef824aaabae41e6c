// SPDX-License-Identifier: MIT
#include "store/forgotten_file.hpp"

#include <system_error>

#include <nlohmann/json.hpp>

namespace checklist::store {
namespace {
using nlohmann::json;
constexpr int version = 1;

Forgotten from_json(const json& from) {
  if (from.at("version").get<int>() != version) {
    throw std::invalid_argument("written by a newer checklistctl");
  }
  Forgotten out;
  for (const auto& [spec, at] : from.at("forgotten").items()) {
    out.emplace(spec, WallTime{Duration{at.get<std::int64_t>()}});
  }
  return out;
}

std::string to_text(const Forgotten& forgotten) {
  json entries = json::object();
  for (const auto& [spec, at] : forgotten) {
    entries[spec] = at.time_since_epoch().count();
  }
  return json{{"version", version}, {"forgotten", entries}}.dump(2, ' ', false,
                                                                 json::error_handler_t::replace) +
         "\n";
}

}  // namespace

ForgottenFile::ForgottenFile(std::string directory)
    : file_(std::move(directory), "forgotten.json") {}

ForgottenFile::Content ForgottenFile::read() const {
  const RecordFile::Content content = file_.read();
  if (!content.text) {
    return {{}, content.mistake};
  }
  try {
    return {from_json(json::parse(*content.text)), {}};
  } catch (const json::exception& error) {
    return {{}, path() + ": " + error.what()};
  } catch (const std::invalid_argument& error) {
    return {{}, path() + ": " + error.what()};
  }
}

void ForgottenFile::add(const std::string& spec, WallTime at) const {
  const RecordHold hold = file_.hold();
  Content content = read();
  if (!content.mistake.empty()) {
    throw std::system_error(std::make_error_code(std::errc::bad_message), content.mistake);
  }
  content.forgotten[spec] = at;
  file_.write(to_text(content.forgotten));
}
}  // namespace checklist::store
