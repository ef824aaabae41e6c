// SPDX-License-Identifier: MIT
// JSON Schemas (draft 2020-12) of the configuration's files, generated from the tables of fields.
#pragma once
#include <string>

namespace checklist::config {
std::string service_schema();    // of a file in services.d
std::string daemon_schema();     // of checklistd.json
std::string catalogue_schema();  // of a kind in the catalogue
}  // namespace checklist::config
