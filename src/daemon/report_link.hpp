// SPDX-License-Identifier: MIT
// Carries reports from a user's instance to the system's over a unix socket: one connection per
// report, which is sent as JSON and ends with the stream.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "checklist/report.hpp"

#include "config/paths.hpp"
#include "event/fd.hpp"
#include "event/loop.hpp"
#include "http/listener.hpp"

namespace checklist::daemon {
// The user instance's end. Sends every report, and repeats the latest one every 10 s: the receiver
// treats a silent user as absent. Errors are not reported; the next attempt follows.
class ReportSender {
 public:
  explicit ReportSender(event::Loop& loop, std::string path = config::publish_socket);
  ReportSender(const ReportSender&) = delete;
  ReportSender& operator=(const ReportSender&) = delete;

  // Log text is left out, because every user may read what the system's instance serves.
  void send(const Report& report);

 private:
  void connect();
  void send_some();

  event::Loop& loop_;
  std::string path_;
  std::string latest_;
  std::string sending_;
  std::size_t sent_ = 0;
  event::Source writable_;  // owns the socket; empty while nothing is sent
  event::Source retry_;
};

// The system instance's end. The sender's user is taken from SO_PEERCRED (socket(7)) and
// /etc/passwd, never from the report. A report that is invalid, too long or takes longer than 5 s
// is dropped, and so is a second connection of a user.
class ReportReceiver {
 public:
  struct Published {
    std::vector<std::shared_ptr<const ServiceReport>> services;
    std::set<std::string> failed_units;  // that fail the user's check of that name
  };

  using Callback = std::function<void(const std::string& user, Published)>;

  // Takes ownership of the listening socket. Nothing is accepted as a report until
  // limit() is called.
  ReportReceiver(event::Loop& loop, event::Fd socket, Callback callback);
  ReportReceiver(const ReportReceiver&) = delete;
  ReportReceiver& operator=(const ReportReceiver&) = delete;
  ~ReportReceiver();

  // Sets the longest report, in bytes.
  void limit(std::size_t report_bytes) { longest_ = report_bytes; }

 private:
  struct Client;
  void accept(event::Fd fd);
  void read_some(int fd);
  void finish(const Client& client);
  void close_overdue();

  event::Loop& loop_;
  Callback callback_;
  std::size_t longest_ = 0;
  std::map<int, std::unique_ptr<Client>> clients_;  // by descriptor
  http::Listener listener_;
  event::Source overdue_;
};
}  // namespace checklist::daemon
