// SPDX-License-Identifier: MIT
#include "render/page/problems.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

#include "render/page/findings.hpp"
#include "render/page/html.hpp"
#include "render/page/subjects.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
constexpr std::size_t most_in_full = 20;
constexpr std::size_t most_checks = 3;    // of a unit, in full
constexpr std::size_t most_findings = 4;  // of a check

// The checks of a subject that have the same status, the most urgent first.
struct Problem {
  const Subject* subject;
  Status status;
  std::vector<const CheckResult*> checks;
};

// By severity; then what people notice before what may hurt later; then the newest.
auto urgency(const CheckResult* result) {
  return std::tuple(result->severity, result->kind, -result->track.since.time_since_epoch());
}

std::vector<Problem> problems(const std::vector<Subject>& subjects, Status status) {
  std::vector<Problem> out;
  for (const Subject& subject : subjects) {
    Problem problem{.subject = &subject, .status = status, .checks = {}};
    for (const CheckResult& result : subject.checks) {
      if (result.status() == status) {
        problem.checks.push_back(&result);
      }
    }
    if (!problem.checks.empty()) {
      std::ranges::stable_sort(problem.checks, {}, urgency);
      out.push_back(std::move(problem));
    }
  }
  std::ranges::stable_sort(out, {},
                           [](const Problem& problem) { return urgency(problem.checks.front()); });
  return out;
}

std::string check_href(const Subject& subject, const CheckResult& result) {
  return subject.href + "#" + escaped(result.check);
}

// Returns the findings that do not pass; a link to the unit's page stands for those after the
// fourth.
std::string findings_html(const Subject& subject, const CheckResult& result, Audience audience) {
  const Findings findings = not_passing(result);
  const std::size_t in_full = std::min(findings.size(), most_findings);
  std::string out;
  for (std::size_t i = 0; i < in_full; ++i) {
    out += finding_html(findings[i], audience);
  }
  return in_full == findings.size()
             ? out
             : out + "<p><a href=\"" + check_href(subject, result) + "\">" +
                   counted(findings.size() - in_full, "more finding", "more findings") +
                   "</a></p>\n";
}

std::string check_html(const Subject& subject, const CheckResult& result,
                       const std::string& content) {
  const Status status = result.status();
  return "<section><header><h4><a class=" + std::string(text(status)) + " href=\"" +
         check_href(subject, result) + "\">" + symbol_and_word(status) + " " +
         escaped(result.check) + "</a></h4><p>" +
         context_html(result, subject.service == nullptr, "") + "</p></header>\n" +
         acknowledgement_html(result) + content + "</section>\n";
}

std::string problem_html(const Problem& problem, Audience audience) {
  const Subject& subject = *problem.subject;
  std::string out = "<article class=\"problem is-" + std::string(text(problem.status)) + "\"" +
                    filter_attributes(subject.service, problem.status) + "><h3><a href=\"" +
                    subject.href + "\">" + escaped(subject.name) + "</a></h3>\n";
  for (std::size_t i = 0; i < problem.checks.size(); ++i) {
    const CheckResult& result = *problem.checks[i];
    out += check_html(subject, result,
                      i < most_checks ? findings_html(subject, result, audience)
                                      : "<p>" + escaped(decisive(result)) + "</p>");
  }
  return out + "</article>\n";
}

// A line for a problem that is not shown in full.
std::string line_html(const Problem& problem) {
  const Subject& subject = *problem.subject;
  std::string out = "<li" + filter_attributes(subject.service, problem.status) + ">" +
                    mark_html(problem.status) + " <a href=\"" + subject.href + "\">" +
                    escaped(subject.name) + "</a>";
  for (const CheckResult* result : problem.checks) {
    out += " <small>" + escaped(result->check) + "</small>";
  }
  return out + " " + escaped(decisive(*problem.checks.front())) + "</li>\n";
}

std::string section_html(const std::vector<Problem>& problems, const std::string& id,
                         const std::string& title, Audience audience) {
  if (problems.empty()) {
    return {};
  }
  std::string out =
      "<section class=problems aria-labelledby=" + id + "><h2 id=" + id + ">" + title + "</h2>\n";
  const std::size_t in_full = std::min(problems.size(), most_in_full);
  for (std::size_t i = 0; i < in_full; ++i) {
    out += problem_html(problems[i], audience);
  }
  if (in_full < problems.size()) {
    out += "<details data-fold=" + id + "><summary>" +
           counted(problems.size() - in_full, "more unit", "more units") + "</summary><ul>\n";
    for (std::size_t i = in_full; i < problems.size(); ++i) {
      out += line_html(problems[i]);
    }
    out += "</ul></details>\n";
  }
  return out + "</section>\n";
}
}  // namespace

std::string problems_html(const Report& report, Audience audience) {
  const auto subjects = subjects_of(report);
  return section_html(problems(subjects, Status::fail), "failing", "Failing", audience) +
         section_html(problems(subjects, Status::unknown), "unknown", "Unknown", audience);
}
}  // namespace checklist::render
