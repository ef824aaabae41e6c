// SPDX-License-Identifier: MIT
#include "render/page/page.hpp"

#include <algorithm>
#include <array>

#include "render/check_pages.hpp"
#include "render/page/assets.hpp"
#include "render/page/frame.hpp"
#include "render/page/html.hpp"
#include "render/page/markdown_html.hpp"
#include "render/page/matrix.hpp"
#include "render/page/problems.hpp"
#include "render/page/tables.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
// Shown by the script: there is no filter without one.
constexpr std::string_view controls =
    "<form id=controls role=search hidden><input type=search id=filter aria-label=\"filter units\" "
    "placeholder=\"filter units\" title=\"key: /\"><label title=\"key: f\"><input type=checkbox "
    "id=bad> hide what passes"
    "</label></form>";
}  // namespace

std::string page(const PageSource& source) {
  const Report& report = source.report;
  return framed(source, {.title = source.about.host,
                         .heading = "<h1>" + escaped(source.about.host) +
                                    " <small>service checklist</small></h1>",
                         .counts = tally(report),
                         .controls = controls,
                         .main = problems_html(report, source.audience) + matrix_html(report) +
                                 host_html(report) + changes_html(report),
                         .root = ""});
}

std::optional<std::string> check_page(std::string_view check, const About& about) {
  const auto pages = check_pages();
  const auto at = std::ranges::find(pages, check, &CheckPage::name);
  if (at == pages.end()) {
    return std::nullopt;
  }
  const std::string name(check);
  return head(name + " – checklistd", "", "../") + "<body><header><p><a href=\"../\">← " +
         escaped(about.host) + "</a></p><h1>" + escaped(name) +
         "</h1></header><main class=runbook>" + html_of(at->text) +
         "</main><footer><p>checklistd " + escaped(about.version) + "</p></footer></body></html>\n";
}

std::span<const Asset> page_assets() {
  static const std::array<Asset, 2> all{
      {{"/style.css", "text/css; charset=utf-8", page_style()},
       {"/script.js", "text/javascript; charset=utf-8", page_script()}}};
  return all;
}
}  // namespace checklist::render
