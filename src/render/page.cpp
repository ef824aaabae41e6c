// SPDX-License-Identifier: MIT
#include "render/page.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <set>

#include "render/label.hpp"
#include "render/table.hpp"

namespace checklist::render {
namespace {
constexpr std::string_view style = R"css(
:root{color-scheme:light dark;--bg:#fbfbfa;--fg:#1d1f21;--dim:#6b7075;--line:#e3e4e6;--card:#fff;
--pass:#1a7f37;--fail:#cf222e;--unknown:#9a6700;--skip:#8b9096;--failbg:#cf222e14;--unknownbg:#9a670014}
@media(prefers-color-scheme:dark){:root{--bg:#111315;--fg:#e6e7e8;--dim:#9299a0;--line:#2a2e32;--card:#181b1e;
--pass:#3fb950;--fail:#ff7b72;--unknown:#d29922;--skip:#6e7681;--failbg:#ff7b7220;--unknownbg:#d2992220}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif}
main{max-width:1080px;margin:0 auto;padding:24px 16px 64px}h1{font-size:22px;margin:0}h2{font-size:16px;margin:32px 0 8px}
.sub{color:var(--dim);margin:2px 0 20px}.wrap{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:7px 12px;white-space:nowrap}
thead th{font-weight:500;color:var(--dim);font-size:13px}tbody tr{border-top:1px solid var(--line)}
tr.group th{font-size:12px;letter-spacing:.06em;text-transform:uppercase;color:var(--dim);background:var(--bg);padding:5px 12px}
tbody th{font-weight:500}small{color:var(--dim)}.pass{color:var(--pass)}.fail{color:var(--fail);font-weight:600;background:var(--failbg)}
.unknown{color:var(--unknown);background:var(--unknownbg)}.skip{color:var(--skip)}
.finding{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--fail);border-radius:8px;padding:10px 14px;margin:8px 0}
.finding.is-unknown{border-left-color:var(--unknown)}dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:6px 0 0}
dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}#lost{display:none;color:var(--fail)}
)css";

constexpr std::string_view script = R"js(
const lost=document.getElementById('lost');let tag=document.body.dataset.etag;
async function follow(){for(;;){try{
const r=await fetch('/api/v1/report?wait=30s',{headers:{'If-None-Match':tag}});
if(r.status===200){const p=await fetch('/');const d=new DOMParser().parseFromString(await p.text(),'text/html');
document.querySelector('main').replaceWith(d.querySelector('main'));tag=d.body.dataset.etag;}
else if(r.status!==304)throw 0;document.getElementById('lost').style.display='none';
}catch(e){document.getElementById('lost').style.display='block';await new Promise(r=>setTimeout(r,2000));}}}
follow();
)js";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : label_text(text, 2000)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string_view word(Status status) {
  switch (status) {
    case Status::pass:
      return "✓ pass";
    case Status::fail:
      return "✗ FAIL";
    case Status::unknown:
      return "? unknown";
    case Status::skip:
      break;
  }
  return "– skip";
}

std::string cell(Status status) {
  return "<td class=\"" + std::string(text(status)) + "\">" + std::string(word(status)) + "</td>";
}

std::string clock(WallTime time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(
      std::chrono::time_point_cast<std::chrono::system_clock::duration>(time));
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> out{};
  return {out.data(), std::strftime(out.data(), out.size(), "%Y-%m-%d %H:%M:%S UTC", &parts)};
}

std::string row(const ServiceReport& service, const std::set<std::string>& checks) {
  std::string out =
      "<tr><th scope=row>" + escaped(service.unit) +
      (service.manager == "system" ? "" : " <small>" + escaped(service.manager) + "</small>") +
      "</th>";
  for (const std::string& check : checks) {
    const auto at = std::ranges::find(service.checks, check, &CheckResult::check);
    out += at == service.checks.end() ? "<td></td>" : cell(at->status());
  }
  return out + "</tr>\n";
}

std::string table(const Report& report) {
  std::set<std::string> checks;
  std::set<std::string> groups;
  for (const auto& service : report.services) {
    groups.insert(service->group);
    std::ranges::transform(service->checks, std::inserter(checks, checks.end()),
                           &CheckResult::check);
  }
  std::string out = "<div class=wrap><table><thead><tr><th scope=col>unit</th>";
  for (const std::string& check : checks) {
    out += "<th scope=col>" + escaped(check) + "</th>";
  }
  out += "</tr></thead><tbody>\n";
  for (const std::string& group : groups) {
    out += "<tr class=group><th scope=rowgroup colspan=" + std::to_string(checks.size() + 1) + ">" +
           escaped(group) + "</th></tr>\n";
    for (const auto& service : report.services) {
      out += service->group == group ? row(*service, checks) : "";
    }
  }
  return out + "</tbody></table></div>\n";
}

std::string finding(const std::string& unit, const CheckResult& result, const Finding& finding,
                    Audience audience) {
  std::string out = "<div class=\"finding is-" + std::string(text(finding.status)) + "\"><b>" +
                    escaped(unit) + "</b> " + escaped(result.check) + " · " +
                    escaped(finding.subject) + " <small>since " + clock(result.track.since) +
                    "</small><dl>";
  const auto line = [&out](std::string_view name, const std::string& value) {
    out += value.empty() ? "" : "<dt>" + std::string(name) + "</dt><dd>" + escaped(value) + "</dd>";
  };
  line("expected", finding.expected);
  line("observed", finding.observed);
  line("details", details_for(audience, finding));
  line("hint", finding.hint);
  return out + "</dl></div>\n";
}

std::string findings_of(const std::string& unit, const std::vector<CheckResult>& results,
                        Audience audience) {
  std::string out;
  for (const CheckResult& result : results) {
    for (const Finding& each : result.findings) {
      out += each.status == Status::fail || each.status == Status::unknown
                 ? finding(unit, result, each, audience)
                 : "";
    }
  }
  return out;
}

std::string all_findings(const Report& report, Audience audience) {
  std::string out;
  for (const auto& service : report.services) {
    out += findings_of(service->unit, service->checks, audience);
  }
  out += report.host ? findings_of("host", report.host->checks, audience) : "";
  return out.empty() ? "" : "<h2>What does not pass</h2>\n" + out;
}

std::string changes(const Report& report) {
  if (!report.changes || report.changes->empty()) {
    return {};
  }
  std::string out = "<h2>Recent changes</h2><div class=wrap><table><tbody>\n";
  for (const Change& change : *report.changes) {
    out += "<tr><td>" + clock(change.at) + "</td><th scope=row>" +
           escaped(change.unit.empty() ? "host" : change.unit) + "</th><td>" +
           escaped(change.check) + "</td>" + cell(change.from) + cell(change.to) + "<td>" +
           escaped(change.observed) + "</td></tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string host_checks(const Report& report) {
  if (!report.host || report.host->checks.empty()) {
    return {};
  }
  std::string out = "<h2>Host</h2><div class=wrap><table><tbody>\n";
  for (const CheckResult& result : report.host->checks) {
    out +=
        "<tr><th scope=row>" + escaped(result.check) + "</th>" + cell(result.status()) + "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}
}  // namespace

std::string page(const Report& report, const std::string& etag, Audience audience) {
  return "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport "
         "content=\"width=device-width,initial-scale=1\">"
         "<title>" +
         escaped(status_line(report)) + "</title><style>" + std::string(style) +
         "</style></head><body data-etag=\"" + escaped(etag) +
         "\"><main><h1>Migration checklist</h1><p class=sub>" + escaped(status_line(report)) +
         "</p><p id=lost role=alert>The daemon does not answer; what follows may be old.</p>\n" +
         table(report) + host_checks(report) + all_findings(report, audience) + changes(report) +
         "</main><script>" + std::string(script) + "</script></body></html>\n";
}

std::string page_policy() {
  return "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src "
         "'self'; base-uri 'none'; "
         "form-action 'none'; frame-ancestors 'none'";
}
}  // namespace checklist::render
