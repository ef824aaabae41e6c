// SPDX-License-Identifier: MIT
// Parameters with a range in their type, and groups of parameters.
#pragma once
#include <optional>
#include <string>

#include "checklist/params/error.hpp"
#include "checklist/params/read.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

#include "semantics/text/count.hpp"
#include "semantics/time/span.hpp"

namespace checklist::config {
using semantics::Count;
using semantics::SpanWithin;

// A JSON object of parameters with its own table of fields.
template <class P, const auto& fields>
struct Section {
  P as;
};
}  // namespace checklist::config

namespace checklist {
template <class P, const auto& fields>
struct ParameterType<config::Section<P, fields>> {
  using Section = config::Section<P, fields>;

  static std::optional<Section> parse(const Value& value, const std::string& at,
                                      ConfigErrors& errors) {
    const auto* given = value.get<Dict>();
    if (given == nullptr) {
      errors.push_back({at, "an object", describe(value)});
      return std::nullopt;
    }
    return Section{read<P>(*given, fields, at, errors)};
  }

  static Value print(const Section& /*section*/) { return {}; }  // each member has its own default

  static Dict schema() { return checklist::schema<P>(fields); }
};
}  // namespace checklist
