// SPDX-License-Identifier: MIT
#include "ctl/capture/captures_json.hpp"

#include <algorithm>
#include <iterator>

#include "config/json.hpp"
#include "config/spec_file.hpp"

namespace checklist::ctl {
namespace {
Value list(const std::vector<std::string>& texts) {
  Values out;
  std::ranges::transform(texts, std::back_inserter(out),
                         [](const std::string& text) { return Value{text}; });
  return {std::move(out)};
}

template <class Each, class ToDict>
Value list(const std::vector<Each>& all, const ToDict& to_dict) {
  Values out;
  std::ranges::transform(all, std::back_inserter(out),
                         [&to_dict](const Each& each) { return Value{to_dict(each)}; });
  return {std::move(out)};
}

// Returns the member of that type; a default value if there is none.
template <class T>
T member(const Dict& object, std::string_view name) {
  const auto at = object.find(name);
  const T* value = at != object.end() ? at->second.get<T>() : nullptr;
  return value != nullptr ? *value : T{};
}

std::vector<std::string> list_at(const Dict& object, std::string_view name) {
  return texts(member<Values>(object, name));
}

// Calls `take` with each object of a list.
template <class Take>
void for_each(const Dict& object, std::string_view name, const Take& take) {
  for (const Value& each : member<Values>(object, name)) {
    if (const auto* part = each.get<Dict>()) {
      take(*part);
    }
  }
}

CapturedSpec spec_of(const Dict& part, const std::string& user) {
  CapturedSpec out{.unit = member<std::string>(part, "unit"),
                   .names = list_at(part, "names"),
                   .kind = member<std::string>(part, "kind"),
                   .spec = member<Dict>(part, "spec"),
                   .notes = list_at(part, "notes")};
  out.spec["user"] = Value{user};
  return out;
}

bool is_valid(const CapturedSpec& captured) {
  ConfigErrors errors;
  const config::Service service = config::read_spec(captured.spec, {}, errors);
  return errors.empty() && service.spec.unit == captured.unit;
}
}  // namespace

std::string captures_json(const Captures& captures) {
  return config::print_json(Value{Dict{
      {"complete", Value{captures.complete}},
      {"full", Value{captures.full}},
      {"left_out", list(captures.left_out,
                        [](const capture::LeftOut& each) {
                          return Dict{{"unit", Value{each.unit}}, {"why", Value{each.why}}};
                        })},
      {"missing", list(captures.missing,
                       [](const MissingUnit& each) {
                         return Dict{{"unit", Value{each.unit}}, {"perhaps", list(each.perhaps)}};
                       })},
      {"problems", list(captures.problems)},
      {"specs", list(captures.specs, [](const CapturedSpec& each) {
         return Dict{{"unit", Value{each.unit}},
                     {"names", list(each.names)},
                     {"kind", Value{each.kind}},
                     {"spec", Value{each.spec}},
                     {"notes", list(each.notes)}};
       })}}});
}

std::optional<Captures> parse_captures(const std::string& text, const std::string& user) {
  const config::Json json = config::parse_json(text);
  const Dict* whole = json.value ? json.value->get<Dict>() : nullptr;
  if (whole == nullptr || !json.errors.empty()) {
    return std::nullopt;
  }
  Captures out;
  out.complete = member<bool>(*whole, "complete");
  out.full = member<Dict>(*whole, "full");
  out.problems = list_at(*whole, "problems");
  for_each(*whole, "left_out", [&out](const Dict& part) {
    out.left_out.push_back({member<std::string>(part, "unit"), member<std::string>(part, "why")});
  });
  for_each(*whole, "missing", [&out](const Dict& part) {
    out.missing.push_back({member<std::string>(part, "unit"), list_at(part, "perhaps")});
  });
  for_each(*whole, "specs",
           [&out, &user](const Dict& part) { out.specs.push_back(spec_of(part, user)); });
  return std::ranges::all_of(out.specs, is_valid) ? std::optional(std::move(out)) : std::nullopt;
}
}  // namespace checklist::ctl
