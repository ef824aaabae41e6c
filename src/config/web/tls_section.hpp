// SPDX-License-Identifier: MIT
// tls_server_config of the web config file.
#pragma once
#include "config/web/web_file.hpp"
#include "config/web/yaml_file.hpp"

namespace checklist::config {
// Reads the section and the files it names. Relative paths are relative to `directory`.
void read_tls_section(YamlFile& file, const YamlFile::Place& section, const std::string& directory,
                      WebConfig& out, std::vector<Problem>& problems);
}  // namespace checklist::config
