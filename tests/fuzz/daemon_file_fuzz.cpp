// SPDX-License-Identifier: MIT
// checklistd.json: limits, defaults of every check, and host checks.
#include "config/daemon_file.hpp"
#include "config/json.hpp"
#include "config/spec_file.hpp"
#include "fuzz/fuzz.hpp"

namespace checklist::fuzz {
const std::size_t longest = 1U << 20U;  // config::read_file()

void run(std::string_view input) {
  const config::Json json = config::parse_json(std::string(input));
  const Dict* file = json.value ? json.value->get<Dict>() : nullptr;
  if (file == nullptr || !json.errors.empty()) {
    return;
  }
  ConfigErrors errors;
  config::Configuration configuration;
  const auto defaults = config::read_daemon_file(*file, configuration, errors);
  for (const ConfigError& error : errors) {
    require(!error.expected.empty() && !error.found.empty(), "an error says what is expected");
  }
  require(configuration.resync > Duration{} && configuration.max_rate > 0,
          "intervals have a length");
  ConfigErrors in_spec;  // the same defaults, as every spec gets them
  (void)config::read_spec({{"unit", Value{std::string("x.service")}}}, defaults, in_spec);
  require(!errors.empty() || in_spec.empty(), "defaults without errors make no errors in a spec");
}
}  // namespace checklist::fuzz
