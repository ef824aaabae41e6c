// SPDX-License-Identifier: MIT
#include "render/page.hpp"

#include "render/html.hpp"
#include "render/page_assets.hpp"
#include "render/page_findings.hpp"
#include "render/page_matrix.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
// Shown by the script alone: without one there is nothing to filter with.
constexpr std::string_view controls =
    "<form id=controls hidden><input type=search id=filter aria-label=\"filter units\" "
    "placeholder=\"filter  /\"><label><input type=checkbox id=bad> only what does not pass"
    "</label></form>";
}  // namespace

std::string page(const Report& report, const std::string& etag, const std::string& nonce,
                 Audience audience) {
  const std::string status = escaped(status_line(report));
  static const std::string runbooks = runbooks_html();
  return "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport "
         "content=\"width=device-width,initial-scale=1\"><title>" +
         status + "</title><style nonce=\"" + nonce + "\">" + std::string(page_style()) +
         "</style></head>\n<body data-etag=\"" + escaped(etag) +
         "\"><header><h1>Migration checklist</h1><p id=status role=status>" + status +
         "</p><p id=lost role=alert hidden>The daemon does not answer; what follows may be "
         "old.</p>" +
         std::string(controls) + "</header>\n<main>" + matrix_html(report) + host_html(report) +
         problems_html(report, audience) + details_html(report, audience) + changes_html(report) +
         "</main>\n<footer>" + runbooks + "</footer><script nonce=\"" + nonce + "\">" +
         std::string(page_script()) + "</script></body></html>\n";
}

std::string page_policy(const std::string& nonce) {
  const std::string ours = "'nonce-" + nonce + "'";
  return "default-src 'none'; style-src " + ours + "; script-src " + ours +
         "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
}  // namespace checklist::render
