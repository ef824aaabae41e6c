// SPDX-License-Identifier: MIT
#include "render/page/problems.hpp"

#include "render/page/findings.hpp"
#include "render/page/html.hpp"
#include "render/page/subjects.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
struct Section {
  std::string html;
  std::size_t checks = 0;
};

std::string counted(std::size_t count, const std::string& one, const std::string& more) {
  return std::to_string(count) + (count == 1 ? one : more);
}

// "since TIME · critical · what to do", of which any part may be missing.
std::string context_html(const Subject& subject, const CheckResult& result) {
  std::string out;
  for (const std::string& part :
       {since_html(result), escaped(subject.severity), runbook_link(result.check)}) {
    out += (out.empty() || part.empty() ? "" : " · ") + part;
  }
  return out;
}

std::string findings_html(const CheckResult& result, Audience audience) {
  std::string out;
  for (const Finding& finding : not_passing(result)) {
    out += finding_html(finding, audience);
  }
  return out;
}

std::string problem_html(const Subject& subject, const CheckResult& result, Audience audience) {
  const Status status = result.status();
  return "<article class=\"problem is-" + std::string(text(status)) + "\"" +
         filter_attributes(subject, status) + "><header><h3><a href=\"" +
         link_to(subject.id + "/" + result.check) + "\">" + escaped(subject.name) + " <span>" +
         escaped(result.check) + "</span></a></h3><p>" + context_html(subject, result) +
         "</p></header>\n" + acknowledgement_html(result) + findings_html(result, audience) +
         "</article>\n";
}

Section section_of(const std::vector<Subject>& subjects, Status status, Audience audience) {
  Section out;
  for (const Subject& subject : subjects) {
    for (const CheckResult& result : subject.checks) {
      if (result.status() == status) {
        out.html += problem_html(subject, result, audience);
        ++out.checks;
      }
    }
  }
  return out;
}

std::string titled(const Section& section, const std::string& id, const std::string& title) {
  return section.checks == 0 ? ""
                             : "<section class=problems aria-labelledby=" + id + "><h2 id=" + id +
                                   ">" + title + "</h2>\n" + section.html + "</section>\n";
}
}  // namespace

std::string verdict(const Report& report) {
  const auto counts = tally(report);
  const auto count = [&counts](Status status) {
    return counts.at(static_cast<std::size_t>(status));
  };
  const std::size_t failing = count(Status::fail);
  const std::size_t unknown = count(Status::unknown);
  const std::size_t judged = count(Status::pass) + failing + unknown;
  if (judged == 0) {
    return "No check applies";
  }
  const std::string of_all = " of " + counted(judged, " check", " checks");
  if (failing > 0) {
    return std::to_string(failing) + of_all + (failing == 1 ? " fails" : " fail") +
           (unknown > 0 ? ", " + counted(unknown, " is unknown", " are unknown") : "");
  }
  if (unknown > 0) {
    return std::to_string(unknown) + of_all + (unknown == 1 ? " is" : " are") +
           " unknown, none fails";
  }
  return judged == 1 ? "The one check passes" : "All " + std::to_string(judged) + " checks pass";
}

std::string beside_verdict(const Report& report) {
  const auto counts = tally(report);
  const std::size_t passing = counts.at(static_cast<std::size_t>(Status::pass));
  const std::size_t skipped = counts.at(static_cast<std::size_t>(Status::skip));
  const std::string pass = worst(report) > Status::pass ? std::to_string(passing) + " pass" : "";
  const std::string skip = skipped > 0 ? std::to_string(skipped) + " skipped" : "";
  return pass + (pass.empty() || skip.empty() ? "" : ", ") + skip;
}

std::string problems_html(const Report& report, Audience audience) {
  const auto subjects = subjects_of(report);
  return titled(section_of(subjects, Status::fail, audience), "failing", "Failing") +
         titled(section_of(subjects, Status::unknown, audience), "unknown", "Unknown");
}
}  // namespace checklist::render
