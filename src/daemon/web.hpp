// SPDX-License-Identifier: MIT
// What is served where: /metrics, the report, health and the page, all of one immutable Report.
#pragma once
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "checklist/report.hpp"

#include "http/server.hpp"
#include "render/exposition.hpp"
#include "render/report_json.hpp"

namespace checklist::daemon {
class Web {
 public:
  Web(event::Loop& loop, std::function<render::Figures()> figures);

  http::Server& server() { return server_; }

  // From now on this is served; those who waited for a change get it.
  void publish(std::shared_ptr<const Report> report);

  // Of findings in the exposition.
  void limit(const render::Limits& limits) { exposition_.limit(limits); }

  void set_ready() { ready_ = true; }

 private:
  struct Waiting {
    http::Request request;
    http::Reply reply;
    TimePoint until;
  };

  void serve(const http::Request& request, http::Reply reply);
  // As JSON, or as the page: at once if it differs from what the caller has, else as it asks.
  void serve_report(const http::Request& request, http::Reply reply);
  void wake();
  render::JsonReport& json_of(render::Audience audience);
  [[nodiscard]] http::Response shown_report(const http::Request& request);
  [[nodiscard]] http::Response unchanged() const;

  event::Loop& loop_;
  std::function<render::Figures()> figures_;
  std::shared_ptr<const Report> report_;
  render::Exposition exposition_;
  render::JsonReport for_anyone_{render::Audience::anyone};
  render::JsonReport for_journal_readers_{render::Audience::journal_readers};
  std::string stamp_;  // of this process: generations start anew in the next
  std::list<Waiting> waiting_;
  event::Source time_up_;
  bool ready_ = false;
  http::Server server_;
};
}  // namespace checklist::daemon
