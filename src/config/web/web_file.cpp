// SPDX-License-Identifier: MIT
#include "config/web/web_file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "access/bcrypt.hpp"
#include "config/web/duration.hpp"
#include "config/web/tls_section.hpp"
#include "config/web/yaml_file.hpp"

namespace checklist::config {
namespace {
using Place = YamlFile::Place;

// The headers that may be set.
constexpr std::array headers{"Strict-Transport-Security", "X-Content-Type-Options",
                             "X-Frame-Options", "X-XSS-Protection", "Content-Security-Policy"};

std::string value_problem(std::string_view header, const std::string& value) {
  if (header == "X-Content-Type-Options" && value != "nosniff") {
    return "expected nosniff";
  }
  if (header == "X-Frame-Options" && value != "deny" && value != "sameorigin") {
    return "expected deny or sameorigin";
  }
  const bool is_one_line = std::none_of(value.begin(), value.end(),
                                        [](unsigned char c) { return c < ' ' || c == 0x7F; });
  return is_one_line ? "" : "expected text on one line";
}

void read_headers(YamlFile& file, const Place& section, WebConfig& out) {
  YamlFile::Keys keys;
  for (const char* name : headers) {
    keys.emplace_back(name, [&file, &out, name](const Place& at) {
      const std::string value = file.text(at).value_or("");
      if (std::string problem = value_problem(name, value); !problem.empty()) {
        file.refuse(at, std::move(problem));
      } else if (!value.empty()) {
        out.headers.emplace_back(name, value);
      }
    });
  }
  file.read_map(section, keys);
}

void read_user(YamlFile& file, const std::string& name, const Place& at, WebConfig& out) {
  const auto hash = file.text(at);
  if (!hash) {
    return;
  }
  if (std::string problem = access::bcrypt_problem(*hash); !problem.empty()) {
    file.refuse(at, std::move(problem));
  }
  out.users[name] = *hash;
}

void read_interval(YamlFile& file, const Place& at, WebConfig& out) {
  const auto text = file.text(at);
  const auto span = text ? parse_go_duration(*text) : std::nullopt;
  if (span) {
    out.rate_limit.interval = *span;
  } else if (text) {
    file.refuse(at, "expected a time span, such as 1s or 500ms");
  }
}
}  // namespace

WebConfig load_web(const std::string& path, std::vector<Problem>& problems) {
  WebConfig out;
  out.files.push_back(path);
  std::vector<Problem> found;
  YamlFile file(path, found);
  const auto read_http = [&](const Place& section) {
    file.read_map(section, {{"http2", [&](const Place& at) { (void)file.boolean(at); }},
                            {"headers", [&](const Place& at) { read_headers(file, at, out); }}});
  };
  const auto read_users = [&](const Place& section) {
    file.read_any_map(
        section, [&](const std::string& name, const Place& at) { read_user(file, name, at, out); });
  };
  const auto read_rate_limit = [&](const Place& section) {
    file.read_map(
        section,
        {{"interval", [&](const Place& at) { read_interval(file, at, out); }},
         {"burst", [&](const Place& at) { out.rate_limit.burst = file.integer(at).value_or(0); }}});
  };
  const std::string directory = std::filesystem::path(path).parent_path();
  std::optional<Place> tls;
  file.read_map(file.root(), {{"tls_server_config", [&](const Place& at) { tls.emplace(at); }},
                              {"http_server_config", read_http},
                              {"basic_auth_users", read_users},
                              {"rate_limit", read_rate_limit}});
  if (tls) {
    read_tls_section(file, *tls, directory, out, found);
  }
  std::ranges::sort(found, {},
                    [](const Problem& each) { return std::tie(each.line, each.column); });
  problems.insert(problems.end(), found.begin(), found.end());
  return out;
}

WebConfig load_web_of(Loaded& loaded) {
  const std::string& path = loaded.configuration.web_file;
  return path.empty() ? WebConfig{} : load_web(path, loaded.problems);
}
}  // namespace checklist::config
