// SPDX-License-Identifier: MIT
#include "capture/difference_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "config/json.hpp"

namespace checklist::capture {
namespace {
constexpr std::array<std::string_view, 4> words{"vanished", "appeared", "moved", "changed"};

std::string_view word(UnitChange kind) {
  return words.at(static_cast<std::size_t>(kind));
}

std::string or_none(const std::string& value) {
  return value.empty() ? "(none)" : value;
}

// Returns text that is no markup and stays on its line. The values come from unit files.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '`' || c == '<' || c == '*' || c == '_' || c == '\\' || c == '[') {
      out += '\\';
    }
    out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return out;
}

std::string title(const UnitDifference& each) {
  return each.unit + (each.former.empty() ? "" : " (was " + each.former + ")");
}

std::string as_text(const std::vector<UnitDifference>& all) {
  std::string out;
  for (const UnitDifference& each : all) {
    out += std::string(word(each.kind)) + "  " + title(each) + "\n";
    for (const ChangedField& field : each.fields) {
      out += "    " + field.name + "\n      - " + or_none(field.before) + "\n      + " +
             or_none(field.after) + "\n";
    }
  }
  return out.empty() ? "no difference\n" : out;
}

std::string as_markdown(const std::vector<UnitDifference>& all) {
  std::string out = all.empty() ? "No difference.\n" : "";
  for (const UnitDifference& each : all) {
    out += (out.empty() ? "" : "\n") + std::string("## ") + escaped(title(each)) + ": " +
           std::string(word(each.kind)) + "\n";
    if (!each.fields.empty()) {
      out += "\n| | before | after |\n|---|---|---|\n";
    }
    for (const ChangedField& field : each.fields) {
      out += "| " + escaped(field.name) + " | " + escaped(or_none(field.before)) + " | " +
             escaped(or_none(field.after)) + " |\n";
    }
  }
  return out;
}

std::string as_json(const std::vector<UnitDifference>& all) {
  Values units;
  for (const UnitDifference& each : all) {
    Values fields;
    for (const ChangedField& field : each.fields) {
      fields.push_back(Value{Dict{{"name", Value{field.name}},
                                  {"before", Value{field.before}},
                                  {"after", Value{field.after}}}});
    }
    Dict unit{{"unit", Value{each.unit}},
              {"change", Value{std::string(word(each.kind))}},
              {"fields", Value{std::move(fields)}}};
    if (!each.former.empty()) {
      unit.emplace("former", Value{each.former});
    }
    units.push_back(Value{std::move(unit)});
  }
  return config::print_json(Value{Dict{{"units", Value{std::move(units)}}}}) + "\n";
}
}  // namespace

std::string print(const std::vector<UnitDifference>& all, DifferenceFormat format) {
  switch (format) {
    case DifferenceFormat::markdown:
      return as_markdown(all);
    case DifferenceFormat::json:
      return as_json(all);
    default:
      return as_text(all);
  }
}
}  // namespace checklist::capture
