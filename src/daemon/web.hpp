// SPDX-License-Identifier: MIT
// The HTTP paths of the daemon (docs/api.md): the page, /metrics, the report as JSON, and health.
// All of them render the same immutable Report.
#pragma once
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "checklist/report.hpp"

#include "daemon/protector.hpp"
#include "http/server.hpp"
#include "render/about.hpp"
#include "render/exposition.hpp"
#include "render/page/page.hpp"
#include "render/report_json.hpp"

namespace checklist::daemon {
class Web {
 public:
  // Calls `about` for each page and report, since a host may be renamed.
  Web(event::Loop& loop, std::function<render::Figures()> figures,
      std::function<render::About()> about);

  http::Server& server() { return server_; }

  Protector& protector() { return protector_; }

  // Serves `report` from now on, and answers the long polls that it changes.
  void publish(std::shared_ptr<const Report> report);

  // Sets what is exported.
  void select(const render::Selection& selection) { exposition_.select(selection); }

  // Makes /-/ready answer 200.
  void set_ready() { ready_ = true; }

 private:
  struct Waiting {
    http::Request request;
    http::Reply reply;
    TimePoint until;
  };

  // The page of `of`, on a host of that name.
  struct MainPage {
    std::shared_ptr<const Report> of;
    std::string host;
    std::shared_ptr<const std::string> html;
  };

  // The exposition of `of`.
  struct Scrape {
    std::shared_ptr<const Report> of;
    TimePoint at;
    bool ok = false;  // Protector::ok()
    std::shared_ptr<const std::string> text;
  };

  void serve(const http::Request& request, http::Reply reply);
  [[nodiscard]] std::shared_ptr<const std::string> scrape();
  void serve_check_page(std::string_view check, http::Reply reply);
  void serve_asset(const render::Asset& asset, const http::Request& request,
                   http::Reply reply) const;
  // Answers with the report, as JSON or as the page, or with 304, at once or after waiting.
  void serve_report(const http::Request& request, http::Reply reply);
  void answer_waiting();
  render::JsonReport& json_of(render::Audience audience);
  [[nodiscard]] std::string etag() const;
  [[nodiscard]] bool has_current(const http::Request& request) const;
  [[nodiscard]] http::Response report_response(const http::Request& request);
  [[nodiscard]] std::shared_ptr<const std::string> page_at(const http::Request& request,
                                                           render::Audience audience);
  [[nodiscard]] http::Response not_modified() const;

  event::Loop& loop_;
  std::function<render::Figures()> figures_;
  std::function<render::About()> about_;
  std::shared_ptr<const Report> report_;
  render::Exposition exposition_;
  Scrape scrape_;
  render::JsonReport for_anyone_{render::Audience::anyone};
  render::JsonReport for_journal_readers_{render::Audience::journal_readers};
  std::map<render::Audience, MainPage> main_pages_;
  std::string instance_;  // of this process, because the next one counts generations from 1 again
  std::list<Waiting> waiting_;
  event::Source next_timeout_;
  bool ready_ = false;
  http::Server server_;
  Protector protector_;
};
}  // namespace checklist::daemon
