// SPDX-License-Identifier: MIT
#include "store/acknowledged_file.hpp"

#include <nlohmann/json.hpp>

namespace checklist::store {
namespace {
using nlohmann::json;
constexpr int version = 1;

Acknowledgements from_json(const json& from) {
  if (from.at("version").get<int>() != version) {
    throw std::invalid_argument("written by a newer checklistctl");
  }
  Acknowledgements out;
  for (const json& entry : from.at("acknowledged")) {
    Acknowledgement each;
    each.until = WallTime{Duration{entry.at("until").get<std::int64_t>()}};
    each.reason = entry.at("reason").get<std::string>();
    each.by = entry.at("by").get<std::string>();
    out[{entry.at("unit").get<std::string>(), entry.at("check").get<std::string>()}] = each;
  }
  return out;
}

std::string to_text(const Acknowledgements& acknowledged) {
  json entries = json::array();
  for (const auto& [what, each] : acknowledged) {
    entries.push_back({{"unit", what.first},
                       {"check", what.second},
                       {"until", each.until.time_since_epoch().count()},
                       {"reason", each.reason},
                       {"by", each.by}});
  }
  return json{{"version", version}, {"acknowledged", entries}}.dump(
             2, ' ', false, json::error_handler_t::replace) +
         "\n";
}
}  // namespace

AcknowledgedFile::AcknowledgedFile(std::string directory)
    : file_(std::move(directory), "acknowledged.json") {}

AcknowledgedFile::Content AcknowledgedFile::read() const {
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

void AcknowledgedFile::write(const Acknowledgements& acknowledged) const {
  file_.write(to_text(acknowledged));
}
}  // namespace checklist::store
