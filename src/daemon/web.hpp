// SPDX-License-Identifier: MIT
// The HTTP paths of the daemon (docs/api.md): the page, /metrics, the report as JSON, and health.
// All of them render the same immutable Report.
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

  // Serves `report` from now on, and answers the long polls that it changes.
  void publish(std::shared_ptr<const Report> report);

  // Limits the findings in the exposition.
  void limit(const Limits& limits) { exposition_.limit(limits); }

  // Makes /-/ready answer 200.
  void set_ready() { ready_ = true; }

 private:
  struct Waiting {
    http::Request request;
    http::Reply reply;
    TimePoint until;
  };

  void serve(const http::Request& request, http::Reply reply);
  // Answers with the report, as JSON or as the page, or with 304, at once or after waiting.
  void serve_report(const http::Request& request, http::Reply reply);
  void answer_waiting();
  render::JsonReport& json_of(render::Audience audience);
  [[nodiscard]] std::string etag() const;
  [[nodiscard]] bool has_current(const http::Request& request) const;
  [[nodiscard]] http::Response report_response(const http::Request& request);
  [[nodiscard]] http::Response not_modified() const;

  event::Loop& loop_;
  std::function<render::Figures()> figures_;
  std::shared_ptr<const Report> report_;
  render::Exposition exposition_;
  render::JsonReport for_anyone_{render::Audience::anyone};
  render::JsonReport for_journal_readers_{render::Audience::journal_readers};
  std::string instance_;  // of this process, because the next one counts generations from 1 again
  std::list<Waiting> waiting_;
  event::Source next_timeout_;
  bool ready_ = false;
  http::Server server_;
};
}  // namespace checklist::daemon
