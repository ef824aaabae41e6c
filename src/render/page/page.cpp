// SPDX-License-Identifier: MIT
#include "render/page/page.hpp"

#include "render/page/assets.hpp"
#include "render/page/details.hpp"
#include "render/page/html.hpp"
#include "render/page/matrix.hpp"
#include "render/page/problems.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
// Shown by the script: there is no filter without one.
constexpr std::string_view controls =
    "<form id=controls hidden><input type=search id=filter aria-label=\"filter units\" "
    "placeholder=\"filter  /\"><label><input type=checkbox id=bad> only what does not pass"
    "</label></form>";

std::string head(const Report& report, const std::string& nonce) {
  return "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport "
         "content=\"width=device-width,initial-scale=1\"><title>" +
         escaped(status_line(report)) + "</title><style nonce=\"" + nonce + "\">" +
         std::string(page_style()) + "</style></head>\n";
}

std::string header(const Report& report) {
  const Status status = worst(report);
  return "<header><h1>Service checklist</h1><p id=status role=status class=\"is-" +
         std::string(text(status)) + "\"><span aria-hidden=true>" + std::string(symbol(status)) +
         "</span> <b>" + escaped(verdict(report)) + "</b> <small>" +
         escaped(beside_verdict(report)) +
         "</small></p><p id=lost role=alert hidden>checklistd does not respond; this page may be "
         "out of date.</p></header>\n";
}
}  // namespace

std::string page(const Report& report, const std::string& etag, const std::string& nonce,
                 Audience audience) {
  static const std::string runbooks = runbooks_html();
  return head(report, nonce) + "<body data-etag=\"" + escaped(etag) + "\">" + header(report) +
         std::string(controls) + "<main>" + problems_html(report, audience) +
         "<h2>All checks</h2>\n" + matrix_html(report) + host_html(report) + changes_html(report) +
         details_html(report, audience) + "</main>\n<footer>" + runbooks +
         "</footer><script nonce=\"" + nonce + "\">" + std::string(page_script()) +
         "</script></body></html>\n";
}

std::string page_policy(const std::string& nonce) {
  const std::string ours = "'nonce-" + nonce + "'";
  return "default-src 'none'; style-src " + ours + "; script-src " + ours +
         "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
}  // namespace checklist::render
