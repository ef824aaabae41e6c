// SPDX-License-Identifier: MIT
#include "daemon/web.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "daemon/journal_readers.hpp"
#include "http/conditions.hpp"
#include "render/page/page.hpp"
#include "semantics/time/span.hpp"

namespace checklist::daemon {
namespace {
using namespace std::chrono_literals;
constexpr Duration longest_wait = 60s;

std::shared_ptr<const std::string> shared(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

// Returns 128 random bits for the Content-Security-Policy.
std::string new_nonce() {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::size_t length = 32;
  static std::random_device random;  // getrandom(2)
  std::string out;
  while (out.size() < length) {
    out += digits.at(random() & 15U);
  }
  return out;
}

// Returns how long a request may wait: not at all for HEAD, or if the response may be compressed.
Duration wait_of(const http::Request& request) {
  const auto at = request.query.find("wait");
  const auto span = at != request.query.end() ? semantics::parse_span(at->second) : std::nullopt;
  const bool can_wait = request.method == "GET" && !request.header("if-none-match").empty() &&
                        request.header("accept-encoding").find("gzip") == std::string_view::npos;
  return span && can_wait ? std::min(span->length, longest_wait) : 0s;
}
}  // namespace

Web::Web(event::Loop& loop, std::function<render::Figures()> figures)
    : loop_(loop),
      figures_(std::move(figures)),
      instance_(std::to_string(std::chrono::system_clock::now().time_since_epoch().count())),
      next_timeout_(loop.timer([this] { answer_waiting(); })),
      server_(loop, {}, [this](const http::Request& request, http::Reply reply) {
        serve(request, std::move(reply));
      }) {}

void Web::publish(std::shared_ptr<const Report> report) {
  report_ = std::move(report);
  answer_waiting();
}

void Web::serve(const http::Request& request, http::Reply reply) {
  const std::string& path = request.path;
  if (path == "/-/healthy") {
    reply.answer(http::text_response(200, "healthy\n"));
  } else if (path == "/-/ready") {
    reply.answer(ready_ ? http::text_response(200, "ready\n")
                        : http::text_response(503, "not ready\n"));
  } else if (path != "/" && path != "/metrics" && path != "/api/v1/report") {
    reply.answer(http::text_response(
        404, "not found; available: /, /metrics, /api/v1/report, /-/healthy, /-/ready\n"));
  } else if (!report_) {
    reply.answer(http::text_response(503, "no report yet\n"));
  } else if (path == "/metrics") {
    reply.answer({.status = 200,
                  .content_type = "text/plain; version=0.0.4; charset=utf-8",
                  .body = shared(exposition_.text(*report_, figures_()))});
  } else {
    serve_report(request, std::move(reply));
  }
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
  if (request.path != "/") {
    return {.status = 200,
            .content_type = "application/json",
            .body = shared(json_of(audience).text(*report_)),
            .headers = {{"ETag", etag()}}};
  }
  const std::string nonce = new_nonce();
  return {.status = 200,
          .content_type = "text/html; charset=utf-8",
          .body = shared(render::page(*report_, etag(), nonce, audience)),
          .headers = {{"ETag", etag()}, {"Content-Security-Policy", render::page_policy(nonce)}}};
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
