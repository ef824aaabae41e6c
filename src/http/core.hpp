// SPDX-License-Identifier: MIT
// A server's inside: libmicrohttpd as a guest of the loop. Private to src/http.
//
// The library parses and sends; it never accepts, waits or times out. Its epoll descriptor is a
// source of ours, and a connection is closed by shutting its socket down, which the library then
// finds out.
#pragma once
#include <cstdarg>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <optional>

#include <microhttpd.h>

#include "event/loop.hpp"
#include "http/connections.hpp"
#include "http/listener.hpp"
#include "http/server.hpp"

namespace checklist::http {
class Server::Core {
 public:
  Core(event::Loop& loop, Options options, Handler handler);
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;
  Core(Core&&) = delete;
  Core& operator=(Core&&) = delete;
  ~Core();

  Address accept_on(ListeningSocket socket);

  [[nodiscard]] const Connections& connections() const { return connections_; }

 private:
  // What the library calls, with the Core as its first argument.
  static MHD_Result on_request(void* core, MHD_Connection* handle, const char* path,
                               const char* method, const char* version, const char* upload,
                               std::size_t* upload_size, void** request) noexcept;
  static void on_finished(void* core, MHD_Connection* handle, void** request,
                          MHD_RequestTerminationCode how) noexcept;
  static void on_connection(void* core, MHD_Connection* handle, void** connection,
                            MHD_ConnectionNotificationCode what) noexcept;
  static void on_log(void* core, const char* format, va_list arguments) noexcept;

  MHD_Daemon* start();
  void take(event::Fd connected);
  void turn();
  void dismiss_overdue();
  // Runs it and keeps what it throws for the end of the turn: nothing may pass through C.
  void guard(const std::function<void()>& body) noexcept;

  MHD_Result request(Connection& connection, const char* path, const char* method);
  MHD_Result wait(Connection& connection);
  MHD_Result send(Connection& connection, Response response);
  void finished(Connection& connection, MHD_RequestTerminationCode how);

  struct Stop {
    void operator()(MHD_Daemon* daemon) const { MHD_stop_daemon(daemon); }
  };

  event::Loop& loop_;
  Options options_;
  Handler handler_;
  Connections connections_;
  std::exception_ptr thrown_;
  bool stopping_ = false;
  std::unique_ptr<MHD_Daemon, Stop> daemon_;
  event::Source ready_;
  event::Source more_;     // the library has not handled all it knows of
  event::Source overdue_;  // the next deadline of a client
  std::list<Listener> listeners_;
};
}  // namespace checklist::http
