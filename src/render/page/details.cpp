// SPDX-License-Identifier: MIT
#include "render/page/details.hpp"

#include "render/check_pages.hpp"
#include "render/page/findings.hpp"
#include "render/page/html.hpp"
#include "render/page/markdown_html.hpp"
#include "render/page/subjects.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
std::string check_html(const std::string& id, const CheckResult& result, Audience audience) {
  std::string out = "<section class=check id=\"" + escaped(id + "/" + result.check) + "\"><h3>" +
                    escaped(result.check) + " " + status_html(result.status()) + " <small>" +
                    since_html(result) + "</small></h3>\n" + acknowledgement_html(result);
  for (const Finding& finding : result.findings) {
    out += finding_html(finding, audience);
  }
  return out + "</section>\n";
}

std::string subject_html(const Subject& subject, Audience audience) {
  const Status status = worst(subject.checks);
  std::string out =
      "<details id=\"" + escaped(subject.id) + "\"" + filter_attributes(subject, status) +
      "><summary><span class=" + std::string(text(status)) +
      " role=img aria-label=" + std::string(text(status)) + ">" + std::string(symbol(status)) +
      "</span><b>" + escaped(subject.name) + "</b><small>" + escaped(subject.state) +
      "</small></summary><div><dl>" + subject.details_html + "</dl>\n";
  for (const CheckResult& result : subject.checks) {
    out += check_html(subject.id, result, audience);
  }
  return out + "</div></details>\n";
}
}  // namespace

std::string details_html(const Report& report, Audience audience) {
  std::string out = "<h2>Units in detail</h2>\n";
  for (const Subject& subject : subjects_of(report)) {
    out += subject_html(subject, audience);
  }
  return out;
}

// The id is inside of <details>: browsers open the ancestors of a link's target, without a script,
// too.
std::string runbooks_html() {
  std::string out = "<h2>What each check requires</h2>\n";
  for (const CheckPage& page : check_pages()) {
    const std::string name(page.name);
    out += "<details class=runbook><summary><b>" + escaped(name) +
           "</b></summary><div id=\"check-" + escaped(name) + "\">\n" + html_of(page.text) +
           "</div></details>\n";
  }
  return out;
}
}  // namespace checklist::render
