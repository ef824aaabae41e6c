// SPDX-License-Identifier: MIT
#include "render/page/frame.hpp"

#include "render/page/html.hpp"

namespace checklist::render {
namespace {
// The colours of the light page, which are readable on light and dark tabs.
std::string_view colour(Status status) {
  switch (status) {
    case Status::fail:
      return "c21d28";
    case Status::unknown:
      return "bf8700";
    case Status::pass:
      return "1a7f37";
    case Status::skip:
      break;
  }
  return "6e757c";
}

std::string icon(Status status) {
  return "<link rel=icon id=icon href=\"data:image/svg+xml,%3Csvg "
         "xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='7' "
         "fill='%23" +
         std::string(colour(status)) + "'/%3E%3C/svg%3E\">";
}

std::string header(const Frame& frame, Status status) {
  return "<header>" + frame.heading + "<p id=status role=status class=\"is-" +
         std::string(text(status)) + "\"><span aria-hidden=true>" + std::string(symbol(status)) +
         "</span> <b>" + escaped(verdict(frame.counts)) + "</b> <small>" +
         escaped(beside_verdict(frame.counts)) +
         "</small></p><p id=lost role=alert hidden>checklistd does not respond; this page may be "
         "out of date.</p></header>\n";
}

// The script replaces the time by that of the last answer: each means that nothing has changed.
std::string footer(const PageSource& source, std::string_view root) {
  return "<footer><p>Last change <span id=changed>" + time_element(source.report.made) +
         "</span>. <span id=live hidden>Confirmed <time id=confirmed></time>.</span></p><p>"
         "checklistd " +
         escaped(source.about.version) + " · <a href=\"" + std::string(root) +
         "metrics\">metrics</a> · <a href=\"" + std::string(root) +
         "api/v1/report\">JSON</a></p></footer>";
}
}  // namespace

std::string framed(const PageSource& source, const Frame& frame) {
  const Status status = worst(frame.counts);
  const std::string script =
      "<script defer src=\"" + std::string(frame.root) + "script.js\"></script>";
  const std::string title =
      std::string(symbol(status)) + " " + frame.title + ": " + verdict(frame.counts);
  return head(title, icon(status) + script, frame.root) + "<body data-etag=\"" +
         escaped(source.etag) + "\">" + header(frame, status) + std::string(frame.controls) +
         "<main>" + frame.main + "</main>\n" + footer(source, frame.root) + "</body></html>\n";
}

std::string head(const std::string& title, const std::string& more, std::string_view root) {
  return "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport "
         "content=\"width=device-width,initial-scale=1\"><title>" +
         escaped(title) + "</title>" + more + "<link rel=stylesheet href=\"" + std::string(root) +
         "style.css\"></head>\n";
}
}  // namespace checklist::render
