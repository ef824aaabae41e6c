// SPDX-License-Identifier: MIT
#include "semantics/text/config_place.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
std::string place(const std::vector<std::string>& output) {
  return text(config_place(output));
}

TEST(ConfigPlace, IsFoundInWhatProgramsPrint) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"2026/11/30 08:59:25 [emerg] 9#9: unknown directive \"…\" in /etc/nginx/nginx.conf:3",
       "/etc/nginx/nginx.conf line 3"},
      {"/etc/ssh/sshd_config.d/x.conf: line 5: Bad configuration option: Foo",
       "/etc/ssh/sshd_config.d/x.conf line 5"},
      {"AH00526: Syntax error on line 7 of /etc/apache2/apache2.conf:",
       "/etc/apache2/apache2.conf line 7"},
      {"[ALERT] (9) : config : parsing [/etc/haproxy/haproxy.cfg:35] : unknown keyword",
       "/etc/haproxy/haproxy.cfg line 35"},
      {"/etc/bind/named.conf.local:9: '…' redefined near '…'", "/etc/bind/named.conf.local line 9"},
      {"doveconf: Fatal: Error in configuration file /etc/dovecot/dovecot.conf line 102: Expecting",
       "/etc/dovecot/dovecot.conf line 102"},
      {"(configfile.c.2164) source: /etc/lighttpd/lighttpd.conf line: 56 pos: 0 parser failed",
       "/etc/lighttpd/lighttpd.conf line 56"},
      {"Error: adapting config using caddyfile: /etc/caddy/Caddyfile:27 - Syntax error",
       "/etc/caddy/Caddyfile line 27"},
      {"cannot load certificate /etc/ssl/x.pem.", "/etc/ssl/x.pem"},
      {"line 4: field job_nam not found", "line 4"},
      {"configuration test failed", ""},
      {"read /run/x, then 12:30", "/run/x"}};
  for (const auto& [output, expected] : cases) {
    EXPECT_EQ(place({output}), expected) << output;
  }
}

TEST(ConfigPlace, MayBeSpreadOverLines) {
  EXPECT_EQ(place({"Checking /etc/prometheus/prometheus.yml",
                   "  FAILED: parsing YAML file /etc/prometheus/prometheus.yml: yaml: errors:",
                   "  line 2: field job_nam not found in type config.ScrapeConfig"}),
            "/etc/prometheus/prometheus.yml line 2");
}

TEST(ConfigPlace, IsThatOfAnErrorNotOfAWarning) {
  EXPECT_EQ(place({"[warn] ignored in /etc/nginx/nginx.conf:1", "[emerg] in /etc/nginx/x.conf:3"}),
            "/etc/nginx/x.conf line 3");
  EXPECT_EQ(place({"WARNING: /etc/x line 1"}), "");
  EXPECT_EQ(place({}), "");
}
}  // namespace
}  // namespace checklist::semantics
