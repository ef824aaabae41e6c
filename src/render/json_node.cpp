// SPDX-License-Identifier: MIT
#include "render/json_node.hpp"

#include <algorithm>

namespace checklist::render {
namespace {
constexpr std::size_t longest_text = 16UL * 1024;
constexpr std::size_t longest_name = 255;        // of a unit: systemd.unit(5)
constexpr double latest_seconds = 253402300800;  // the year 10000

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
}  // namespace

NotAReport JsonNode::mistake(std::string_view expected) const {
  return NotAReport{(at_.empty() ? std::string("the text") : at_) + ": expected " +
                    std::string(expected)};
}

std::optional<JsonNode> JsonNode::find(const std::string& member) const {
  if (!value_.is_object()) {
    throw mistake("an object");
  }
  const auto found = value_.find(member);
  return found == value_.end()
             ? std::nullopt
             : std::optional<JsonNode>({*found, at_ + (at_.empty() ? "" : "/") + member});
}

JsonNode JsonNode::operator[](const std::string& member) const {
  const auto found = find(member);
  return found ? *found : throw mistake("a member '" + member + "'");
}

std::vector<JsonNode> JsonNode::list(std::size_t most) const {
  if (!value_.is_array() || value_.size() > most) {
    throw mistake("a list of at most " + std::to_string(most));
  }
  std::vector<JsonNode> out;
  out.reserve(value_.size());
  for (const nlohmann::json& each : value_) {
    out.emplace_back(each, at_ + "/" + std::to_string(out.size()));
  }
  return out;
}

std::string JsonNode::text() const {
  const auto* text = value_.get_ptr<const std::string*>();
  return text != nullptr && text->size() <= longest_text ? *text : throw mistake("a text");
}

std::string JsonNode::name(std::string_view others) const {
  std::string out = text();
  const bool fits =
      !out.empty() && out.size() <= longest_name && std::ranges::all_of(out, [others](char c) {
        return is_alphanumeric(c) || others.find(c) != std::string_view::npos;
      });
  return fits ? out : throw mistake("a name of letters, digits and '" + std::string(others) + "'");
}

bool JsonNode::flag() const {
  return value_.is_boolean() ? value_.get<bool>() : throw mistake("true or false");
}

std::uint64_t JsonNode::count() const {
  return value_.is_number_unsigned() ? value_.get<std::uint64_t>()
                                     : throw mistake("a whole number, 0 or more");
}

double JsonNode::level() const {
  const double value = value_.is_number() ? value_.get<double>() : -1;
  return value >= 0 && value <= 10 ? value : throw mistake("a number from 0 to 10");
}

WallTime JsonNode::time() const {
  const double seconds = value_.is_number() ? value_.get<double>() : -1;
  if (!(seconds >= 0 && seconds < latest_seconds)) {
    throw mistake("seconds since 1970");
  }
  return WallTime{std::chrono::round<Duration>(std::chrono::duration<double>(seconds))};
}
}  // namespace checklist::render
