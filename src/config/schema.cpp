// SPDX-License-Identifier: MIT
#include "config/schema.hpp"

#include "config/catalogue.hpp"
#include "config/daemon_file.hpp"
#include "config/json.hpp"
#include "config/spec_file.hpp"

namespace checklist::config {
namespace {
std::string titled(Dict schema, std::string title) {
  schema["$schema"] = Value{std::string("https://json-schema.org/draft/2020-12/schema")};
  schema["title"] = Value{std::move(title)};
  return print_json({std::move(schema)}) + "\n";
}
}  // namespace

std::string service_schema() {
  return titled(spec_schema(), "checklistd: what one unit is expected to do");
}

std::string daemon_schema() {
  return titled(daemon_file_schema(), "checklistd: the daemon's configuration");
}

std::string catalogue_schema() {
  return titled(kind_schema(), "checklistd: what is known of a kind of services");
}
}  // namespace checklist::config
