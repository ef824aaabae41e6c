// SPDX-License-Identifier: MIT
#include "daemon/web.hpp"

#include <algorithm>
#include <utility>

#include "daemon/journal_readers.hpp"
#include "http/conditions.hpp"
#include "render/page/page.hpp"
#include "semantics/time/span.hpp"

namespace checklist::daemon {
namespace {
using namespace std::chrono_literals;
constexpr Duration longest_wait = 60s;
constexpr Duration scrape_age = 20ms;  // of the exposition, at most
constexpr std::string_view check_pages_path = "/explain/";
constexpr std::string_view unit_pages_path = "/unit/";
constexpr std::string_view report_path = "/api/v1/report";

std::shared_ptr<const std::string> shared(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

http::Response page_response(std::shared_ptr<const std::string> html) {
  return {.status = 200,
          .content_type = "text/html; charset=utf-8",
          .body = std::move(html),
          .headers = {{"Content-Security-Policy", std::string(render::page_policy)}}};
}

// Returns how long a request may wait: not at all for HEAD, or without a tag.
Duration wait_of(const http::Request& request) {
  const auto at = request.query.find("wait");
  const auto span = at != request.query.end() ? semantics::parse_span(at->second) : std::nullopt;
  const bool can_wait = request.method == "GET" && !request.header("if-none-match").empty();
  return span && can_wait ? std::min(span->length, longest_wait) : 0s;
}
}  // namespace

Web::Web(event::Loop& loop, std::function<render::Figures()> figures,
         std::function<render::About()> about)
    : loop_(loop),
      figures_(std::move(figures)),
      about_(std::move(about)),
      instance_(std::to_string(std::chrono::system_clock::now().time_since_epoch().count())),
      next_timeout_(loop.timer([this] { answer_waiting(); })),
      server_(loop, {.refresh = [this] { protector_.refresh(); }},
              [this](const http::Request& request, http::Reply reply) {
                serve(request, std::move(reply));
              }),
      protector_(server_) {}

void Web::publish(std::shared_ptr<const Report> report) {
  report_ = std::move(report);
  scrape_ = {};
  answer_waiting();
}

void Web::serve(const http::Request& request, http::Reply reply) {
  const std::string& path = request.path;
  const auto assets = render::page_assets();
  const auto asset = std::ranges::find(assets, std::string_view(path), &render::Asset::path);
  if (path == "/-/healthy") {
    reply.answer(http::text_response(200, "healthy\n"));
  } else if (path == "/-/ready") {
    reply.answer(ready_ ? http::text_response(200, "ready\n")
                        : http::text_response(503, "not ready\n"));
  } else if (asset != assets.end()) {
    serve_asset(*asset, request, std::move(reply));
  } else if (path.starts_with(check_pages_path)) {
    serve_check_page(std::string_view(path).substr(check_pages_path.size()), std::move(reply));
  } else if (path != "/" && path != "/metrics" && path != report_path &&
             !path.starts_with(unit_pages_path)) {
    reply.answer(http::text_response(404,
                                     "not found; available: /, /metrics, /api/v1/report, "
                                     "/unit/NAME, /explain/CHECK, /-/healthy, /-/ready\n"));
  } else if (!report_) {
    reply.answer(http::text_response(503, "no report yet\n"));
  } else if (path == "/metrics") {
    reply.answer({.status = 200,
                  .content_type = "text/plain; version=0.0.4; charset=utf-8",
                  .body = scrape()});
  } else {
    serve_report(request, std::move(reply));
  }
}

// Returns the exposition. Many scrapes at once get the same.
std::shared_ptr<const std::string> Web::scrape() {
  const TimePoint now = loop_.now();
  protector_.refresh();
  if (scrape_.of != report_ || scrape_.ok != protector_.ok() || now - scrape_.at >= scrape_age) {
    scrape_ = {.of = report_,
               .at = now,
               .ok = protector_.ok(),
               .text = shared(exposition_.text(*report_, figures_()))};
  }
  return scrape_.text;
}

void Web::serve_check_page(std::string_view check, http::Reply reply) {
  auto html = render::check_page(check, about_());
  reply.answer(html ? page_response(shared(std::move(*html)))
                    : http::text_response(404, "no such check\n"));
}

// Browsers ask again with the tag of this process: the next one may have other assets.
void Web::serve_asset(const render::Asset& asset, const http::Request& request,
                      http::Reply reply) const {
  const std::string tag = "\"" + instance_ + "\"";
  const bool is_known = http::matches_etag(request.header("if-none-match"), tag);
  reply.answer({.status = is_known ? 304 : 200,
                .content_type = std::string(asset.content_type),
                .body = is_known ? nullptr : shared(std::string(asset.text)),
                .headers = {{"ETag", tag}, {"Cache-Control", "no-cache"}}});
}

render::JsonReport& Web::json_of(render::Audience audience) {
  return audience == render::Audience::anyone ? for_anyone_ : for_journal_readers_;
}

std::string Web::etag() const {
  return "\"" + instance_ + "-" + std::to_string(report_->generation) + "\"";
}

bool Web::has_current(const http::Request& request) const {
  return http::matches_etag(request.header("if-none-match"), etag());
}

http::Response Web::report_response(const http::Request& request) {
  const render::Audience audience = audience_of(request.peer);
  if (request.path == report_path) {
    return {.status = 200,
            .content_type = "application/json",
            .body = shared(json_of(audience).text(*report_, about_())),
            .headers = {{"ETag", etag()}}};
  }
  auto html = page_at(request, audience);
  if (!html) {
    return http::text_response(404, "no such unit\n");
  }
  http::Response response = page_response(std::move(html));
  response.headers.emplace_back("ETag", etag());
  return response;
}

// Returns the page at a path of the report; null if it is that of a unit which there is not. The
// main page is rendered once for each report, however many ask for it.
std::shared_ptr<const std::string> Web::page_at(const http::Request& request,
                                                render::Audience audience) {
  const render::About about = about_();
  const render::PageSource source{
      .report = *report_, .about = about, .etag = etag(), .audience = audience};
  if (request.path == "/") {
    MainPage& main = main_pages_[audience];
    if (main.html == nullptr || main.of != report_ || main.host != about.host) {
      main = {.of = report_, .host = about.host, .html = shared(render::page(source))};
    }
    return main.html;
  }
  const auto manager = request.query.find("manager");
  auto html =
      render::unit_page(source, std::string_view(request.path).substr(unit_pages_path.size()),
                        manager == request.query.end() ? "system" : manager->second);
  return html ? shared(std::move(*html)) : nullptr;
}

http::Response Web::not_modified() const {
  return {.status = 304, .body = nullptr, .headers = {{"ETag", etag()}}};
}

void Web::serve_report(const http::Request& request, http::Reply reply) {
  if (!has_current(request)) {
    reply.answer(report_response(request));
    return;
  }
  const bool accepts_any = request.header("if-none-match") == "*";  // no change can end its wait
  const Duration wait = accepts_any ? 0s : wait_of(request);
  if (wait <= 0s) {
    reply.answer(not_modified());
    return;
  }
  waiting_.push_back({request, std::move(reply), loop_.now() + wait});
  answer_waiting();
}

// Answers the long polls whose report has changed, whose time is up or whose client has
// disconnected.
void Web::answer_waiting() {
  std::optional<TimePoint> next;
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    const bool changed = !has_current(at->request);
    if (!changed && !at->reply.gone() && loop_.now() < at->until) {
      next = std::min(next.value_or(at->until), at->until);
      ++at;
      continue;
    }
    auto done = std::move(*at);
    at = waiting_.erase(at);
    done.reply.answer(changed ? report_response(done.request) : not_modified());
  }
  if (next) {
    next_timeout_.arm_at(*next);
  }
}
}  // namespace checklist::daemon
