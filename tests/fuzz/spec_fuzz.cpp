// SPDX-License-Identifier: MIT
// Spec files: JSON text with places of errors, and the parameters of every check.
#include "config/json.hpp"
#include "config/spec_file.hpp"
#include "config/spec_text.hpp"
#include "fuzz/fuzz.hpp"

namespace checklist::fuzz {
const std::size_t longest = 1U << 20U;  // config::read_file()

void run(std::string_view input) {
  const std::string text(input);
  const config::Json json = config::parse_json(text);
  require(json.value || !json.errors.empty(), "a refused text has an error");
  if (!json.errors.empty()) {
    const config::JsonError& error = json.errors.front();
    require(!error.message.empty() && error.offset <= text.size(), "an error has text and place");
    require(config::place_of(text, error.offset).line > 0, "a place has a line");
  }
  const Dict* spec = json.value ? json.value->get<Dict>() : nullptr;
  if (spec == nullptr || !json.errors.empty()) {
    return;
  }
  ConfigErrors errors;
  const config::Service service = config::read_spec(*spec, {}, errors);
  for (const ConfigError& error : errors) {
    require(!error.expected.empty() && !error.found.empty(), "an error says what is expected");
  }
  require(!errors.empty() || !service.spec.unit.empty(), "a valid spec names its unit");
  const config::Json again = config::parse_json(config::spec_text(*spec));
  require(again.value == json.value && again.errors.empty(), "a printed spec reads back equal");
}
}  // namespace checklist::fuzz
