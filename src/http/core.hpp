// SPDX-License-Identifier: MIT
// The implementation of Server: libmicrohttpd driven by the loop. Private to src/http.
//
// The library parses requests and sends responses; accepting, waiting and timeouts are done here.
// Its epoll descriptor is a source of the loop. A connection is closed by shutting down its socket,
// which the library notices when it runs next.
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
#include "http/driver.hpp"
#include "http/gate.hpp"
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

  Endpoint accept_on(ListeningSocket socket);
  void protect(Protection protection);

  [[nodiscard]] const Connections& connections() const { return connections_; }

 private:
  // Callbacks of the library; their first argument is the Core.
  static MHD_Result on_request(void* core, MHD_Connection* handle, const char* path,
                               const char* method, const char* version, const char* upload,
                               std::size_t* upload_size, void** request) noexcept;
  static void on_finished(void* core, MHD_Connection* handle, void** request,
                          MHD_RequestTerminationCode how) noexcept;
  static void on_connection(void* core, MHD_Connection* handle, void** connection,
                            MHD_ConnectionNotificationCode what) noexcept;
  static void on_log(void* core, const char* format, va_list arguments) noexcept;

  enum class Encryption { none, tls };

  std::unique_ptr<Driver> start(Encryption encryption);
  void add(event::Fd connected);
  // Closes the connection that has gone longest without having been served, if there is one.
  bool make_room();
  Connection& opened(MHD_Connection* handle);
  void closed(const Connection* connection);
  void turn();
  // Returns whether the library has work left.
  bool run();
  void close_overdue();
  // Calls `body` and stores its exception, which turn() rethrows: none may pass through C code.
  void guard(const std::function<void()>& body) noexcept;

  MHD_Result request(Connection& connection, const char* path, const char* method);
  void handle(const Connection& connection, const Request& request, Reply reply);
  MHD_Result wait(Connection& connection);
  MHD_Result send(Connection& connection, Response response);
  void finished(Connection& connection, MHD_RequestTerminationCode how);

  event::Loop& loop_;
  Options options_;
  Handler handler_;
  Protection protection_;
  Gate gate_;
  Connections connections_;
  std::exception_ptr thrown_;
  bool stopping_ = false;
  std::vector<std::shared_ptr<const access::Tls>> ended_;  // of connections closed in this turn
  std::unique_ptr<Driver> plain_;
  std::unique_ptr<Driver> tls_;  // since there was TLS
  event::Source overdue_;        // the earliest deadline of a client
  std::list<Listener> listeners_;
};
}  // namespace checklist::http
