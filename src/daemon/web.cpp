// SPDX-License-Identifier: MIT
#include "daemon/web.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "daemon/journal_readers.hpp"
#include "render/page/page.hpp"
#include "semantics/time/span.hpp"

namespace checklist::daemon {
namespace {
using namespace std::chrono_literals;
constexpr Duration longest_wait = 60s;

std::shared_ptr<const std::string> shared(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

std::string etag_of(const Report& report, const std::string& stamp) {
  return "\"" + stamp + "-" + std::to_string(report.generation) + "\"";
}

std::string unguessable() {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::size_t length = 32;
  static std::random_device random;  // the kernel's
  std::string out;
  while (out.size() < length) {
    out += digits.at(random() & 15U);
  }
  return out;
}

// How long a request is willing to wait: HEAD and gzip never do.
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
      stamp_(std::to_string(std::chrono::system_clock::now().time_since_epoch().count())),
      time_up_(loop.timer([this] { wake(); })),
      server_(loop, {}, [this](const http::Request& request, http::Reply reply) {
        serve(request, std::move(reply));
      }) {}

void Web::publish(std::shared_ptr<const Report> report) {
  report_ = std::move(report);
  wake();
}

void Web::serve(const http::Request& request, http::Reply reply) {
  const std::string& path = request.path;
  if (path == "/-/healthy") {
    reply.answer(http::text_response(200, "healthy"));
  } else if (path == "/-/ready") {
    reply.answer(ready_ ? http::text_response(200, "ready")
                        : http::text_response(503, "not ready"));
  } else if (path != "/" && path != "/metrics" && path != "/api/v1/report") {
    reply.answer(http::text_response(
        404, "nothing here; there are /, /metrics, /api/v1/report, /-/healthy and /-/ready"));
  } else if (!report_) {
    reply.answer(http::text_response(503, "nothing is observed yet"));
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

http::Response Web::shown_report(const http::Request& request) {
  const std::string etag = etag_of(*report_, stamp_);
  const render::Audience audience = audience_of(request.peer);
  if (request.path != "/") {
    return {.status = 200,
            .content_type = "application/json",
            .body = shared(json_of(audience).text(*report_)),
            .headers = {{"ETag", etag}}};
  }
  const std::string nonce = unguessable();
  return {.status = 200,
          .content_type = "text/html; charset=utf-8",
          .body = shared(render::page(*report_, etag, nonce, audience)),
          .headers = {{"ETag", etag}, {"Content-Security-Policy", render::page_policy(nonce)}}};
}

http::Response Web::unchanged() const {
  return {.status = 304, .body = nullptr, .headers = {{"ETag", etag_of(*report_, stamp_)}}};
}

void Web::serve_report(const http::Request& request, http::Reply reply) {
  if (request.header("if-none-match") != etag_of(*report_, stamp_)) {
    reply.answer(shown_report(request));
    return;
  }
  const Duration wait = wait_of(request);
  if (wait <= 0s) {
    reply.answer(unchanged());
    return;
  }
  waiting_.push_back({request, std::move(reply), loop_.now() + wait});
  wake();
}

// Answers those whose report changed, whose time is up, or who left; the rest go on waiting.
void Web::wake() {
  std::optional<TimePoint> next;
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    const bool changed = at->request.header("if-none-match") != etag_of(*report_, stamp_);
    if (!changed && !at->reply.gone() && loop_.now() < at->until) {
      next = std::min(next.value_or(at->until), at->until);
      ++at;
      continue;
    }
    auto done = std::move(*at);
    at = waiting_.erase(at);
    done.reply.answer(changed ? shown_report(done.request) : unchanged());
  }
  if (next) {
    time_up_.arm_at(*next);
  }
}
}  // namespace checklist::daemon
