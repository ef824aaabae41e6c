// SPDX-License-Identifier: MIT
// From a user's instance to the system's: a connection a report, the whole of it as JSON, then the
// end of the stream.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "checklist/report.hpp"

#include "event/loop.hpp"

namespace checklist::daemon {
constexpr auto publish_path = "/run/checklistd/publish.sock";

// The user's end. Sends every report, and the last one again now and then, so that silence means
// absence.
class Publisher {
 public:
  explicit Publisher(event::Loop& loop);
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;
  ~Publisher();

  void publish(const Report& report);

 private:
  void connect();
  void send_some();
  void close();

  event::Loop& loop_;
  std::string latest_;
  std::string sending_;
  std::size_t sent_ = 0;
  int fd_ = -1;
  event::Source writable_;
  event::Source again_;
};

// The system's end. Who publishes is what the kernel says of the peer; nothing in the text is
// believed about it.
class Collector {
 public:
  using Take = std::function<void(const std::string& user,
                                  std::vector<std::shared_ptr<const ServiceReport>>)>;

  // Takes the listening socket over.
  Collector(event::Loop& loop, int fd, Take take);

  // A longer report is dropped.
  void limit(std::size_t report_bytes) { longest_ = report_bytes; }

  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;
  ~Collector();

 private:
  struct Guest;
  void accept_some();
  void read_some(int fd);
  void finish(Guest& guest);
  void dismiss_slow();

  event::Loop& loop_;
  int fd_;
  Take take_;
  std::size_t longest_ = 0;
  std::map<int, std::unique_ptr<Guest>> guests_;
  event::Source ready_;
  event::Source slow_;
};
}  // namespace checklist::daemon
