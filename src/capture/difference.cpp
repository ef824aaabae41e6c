// SPDX-License-Identifier: MIT
#include "capture/difference.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "checklist/params/error.hpp"

namespace checklist::capture {
namespace {
constexpr std::string_view store = "/nix/store/";
constexpr std::size_t hash_length = 32;

// Fields that say where a unit is, not what it does.
constexpr std::array<std::string_view, 3> places{"DropInPaths", "FragmentPath", "SourcePath"};

using Fields = std::map<std::string, std::string>;

std::string one_line(const Value& value) {
  const auto* list = value.get<Values>();
  if (list == nullptr) {
    const auto* text = value.get<std::string>();
    return generalised(text != nullptr ? *text : describe(value));
  }
  std::vector<std::string> words;
  std::ranges::transform(*list, std::back_inserter(words), one_line);
  std::ranges::sort(words);
  std::string out;
  for (const std::string& word : words) {
    out += (out.empty() ? "" : ", ") + word;
  }
  return out;
}

// Writes nested objects as one list of fields.
void flatten(const Dict& dict, const std::string& under, Fields& out) {
  for (const auto& [key, value] : dict) {
    const std::string name = under.empty() ? key : under + " " + key;
    if (const auto* inner = value.get<Dict>()) {
      flatten(*inner, name, out);
    } else {
      out[name] = one_line(value);
    }
  }
}

const Dict& members(const Dict& units, const std::string& name) {
  static const Dict none;
  const auto at = units.find(name);
  const auto* found = at != units.end() ? at->second.get<Dict>() : nullptr;
  return found != nullptr ? *found : none;
}

std::vector<ChangedField> changed_fields(const Dict& before, const Dict& after) {
  Fields was;
  Fields is;
  flatten(before, "", was);
  flatten(after, "", is);
  std::vector<ChangedField> out;
  for (const auto& [name, value] : was) {
    const auto now = is.find(name);
    if (now == is.end() || now->second != value) {
      out.push_back({name, value, now != is.end() ? now->second : ""});
    }
  }
  for (const auto& [name, value] : is) {
    if (!was.contains(name)) {
      out.push_back({name, "", value});
    }
  }
  std::ranges::sort(out, {}, &ChangedField::name);
  return out;
}

// Returns the unit that has the name as an alias; empty if none has.
std::string owner_of_alias(const Dict& units, const std::string& name) {
  for (const auto& [unit, value] : units) {
    const auto* fields = value.get<Dict>();
    const auto at = fields != nullptr ? fields->find("aliases") : Dict::const_iterator();
    const auto* aliases =
        fields != nullptr && at != fields->end() ? at->second.get<Values>() : nullptr;
    const auto all = aliases != nullptr ? texts(*aliases) : std::vector<std::string>{};
    if (std::ranges::find(all, name) != all.end()) {
      return unit;
    }
  }
  return "";
}

bool is_place(const ChangedField& field) {
  return std::ranges::find(places, field.name) != places.end();
}

UnitDifference compared(const Dict& before, const Dict& after, const std::string& was,
                        const std::string& is) {
  UnitDifference out{.unit = is, .former = was == is ? "" : was, .kind = {}, .fields = {}};
  out.fields = changed_fields(members(before, was), members(after, is));
  const bool only_moved = std::ranges::all_of(out.fields, is_place);
  out.kind = only_moved ? UnitChange::moved : UnitChange::changed;
  return out;
}
}  // namespace

std::string generalised(const std::string& text) {
  std::string out;
  std::size_t from = 0;
  for (auto at = text.find(store); at != std::string::npos; at = text.find(store, from)) {
    const std::size_t hash = at + store.size();
    const bool is_hashed = text.size() > hash + hash_length && text[hash + hash_length] == '-';
    out += text.substr(from, hash - from) + (is_hashed ? "…" : "");
    from = is_hashed ? hash + hash_length : hash;
  }
  return out + text.substr(from);
}

std::vector<UnitDifference> difference(const Dict& before, const Dict& after) {
  std::vector<UnitDifference> out;
  std::set<std::string> known;
  for (const auto& [unit, fields] : before) {
    const std::string now = after.contains(unit) ? unit : owner_of_alias(after, unit);
    if (now.empty()) {
      out.push_back({.unit = unit, .former = {}, .kind = UnitChange::vanished, .fields = {}});
      continue;
    }
    known.insert(now);
    UnitDifference each = compared(before, after, unit, now);
    if (!each.fields.empty() || !each.former.empty()) {
      out.push_back(std::move(each));
    }
  }
  for (const auto& [unit, fields] : after) {
    if (!known.contains(unit)) {
      out.push_back({.unit = unit, .former = {}, .kind = UnitChange::appeared, .fields = {}});
    }
  }
  std::ranges::sort(out, {}, [](const auto& each) { return std::tie(each.kind, each.unit); });
  return out;
}
}  // namespace checklist::capture
