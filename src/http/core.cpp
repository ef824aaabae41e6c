// SPDX-License-Identifier: MIT
#include "http/core.hpp"

#include <cerrno>
#include <system_error>

#include <sys/epoll.h>
#include <sys/socket.h>

#include "http/conditions.hpp"
#include "http/exchange.hpp"
#include "http/library.hpp"

namespace checklist::http {
namespace {
// The library counts a connection until its cleanup ends, so its limit must exceed ours.
constexpr unsigned slack = 16;
constexpr int last_turns = 8;  // when stopping, to send the last short responses

// Returns null if on_connection() failed.
Connection* connection_of(MHD_Connection* handle) {
  const auto* info = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return static_cast<Connection*>(info->socket_context);
}

std::string_view header_of(MHD_Connection* handle, const char* name) {
  const char* value = MHD_lookup_connection_value(handle, MHD_HEADER_KIND, name);
  return value == nullptr ? "" : value;
}

bool has_body(MHD_Connection* handle) {
  const auto length = header_of(handle, "Content-Length");
  return !header_of(handle, "Transfer-Encoding").empty() || (!length.empty() && length != "0");
}

bool has_more(MHD_Daemon* daemon) {
  MHD_UNSIGNED_LONG_LONG milliseconds = 0;
  return MHD_get_timeout(daemon, &milliseconds) == MHD_YES && milliseconds == 0;
}

// Returns the error response to a request that no handler gets.
std::optional<Response> refusal(const Connection& connection, std::string_view method) {
  if (method != "GET" && method != "HEAD") {
    auto out = text_response(405, "method not allowed: use GET or HEAD\n");
    out.headers.emplace_back("Allow", "GET, HEAD");
    return out;
  }
  if (has_body(connection.handle)) {
    return text_response(413, "request body not allowed\n");
  }
  const auto host = header_of(connection.handle, "Host");
  if (connection.peer.by_loopback && !host.empty() && !is_loopback_host(host)) {
    return text_response(
        421,
        "misdirected request: on a loopback address, Host must be localhost, 127.0.0.1 or [::1]\n");
  }
  return std::nullopt;
}

Response unavailable(const char* why) {
  Response out = text_response(503, why);
  out.headers.emplace_back("Retry-After", "1");
  return out;
}
}  // namespace

Server::Core::Core(event::Loop& loop, Options options, Handler handler)
    : loop_(loop),
      options_(std::move(options)),
      handler_(std::move(handler)),
      daemon_(start()),
      ready_(
          loop.borrowed_io(MHD_get_daemon_info(daemon_.get(), MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd,
                           EPOLLIN, [this](std::uint32_t) { turn(); })),
      more_(loop.deferred(event::Priority::io, [this] { turn(); })),
      overdue_(loop.timer([this] { close_overdue(); })) {}

MHD_Daemon* Server::Core::start() {
  const unsigned flags =
      MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
  auto* daemon = MHD_start_daemon(flags, 0, nullptr, nullptr, &on_request, this,  //
                                  MHD_OPTION_EXTERNAL_LOGGER, &on_log, this,      //
                                  MHD_OPTION_CONNECTION_LIMIT,
                                  static_cast<unsigned>(options_.connections) + slack,
                                  MHD_OPTION_CONNECTION_MEMORY_LIMIT, options_.request_bytes,  //
                                  MHD_OPTION_NOTIFY_CONNECTION, &on_connection, this,          //
                                  MHD_OPTION_NOTIFY_COMPLETED, &on_finished, this,             //
                                  MHD_OPTION_END);
  if (daemon == nullptr) {
    throw std::system_error(errno, std::generic_category(), "http server");
  }
  return daemon;
}

Server::Core::~Core() {
  listeners_.clear();
  // The library aborts the program when it is stopped while a connection is suspended.
  stopping_ = true;
  guard([this] { connections_.refuse_all_waiting(unavailable("server is shutting down\n")); });
  for (int i = 0; i < last_turns; ++i) {
    (void)MHD_run(daemon_.get());
  }
  ready_ = {};
  daemon_.reset();  // now, while its callbacks still find our members
}

Endpoint Server::Core::accept_on(ListeningSocket socket) {
  return listeners_
      .emplace_back(loop_, std::move(socket), options_.accept_pause,
                    [this](event::Fd connected) { add(std::move(connected)); })
      .address();
}

void Server::Core::add(event::Fd connected) {
  SocketAddress peer;
  if (getpeername(connected.get(), peer.raw(), &peer.length) != 0) {
    return;  // the client has disconnected
  }
  if (connections_.size() >= options_.connections) {
    if (auto* connection = connections_.idle_longest()) {
      connection->close();
      turn();
    }
  }
  // Closes the descriptor on failure (no memory, or its own limit).
  (void)MHD_add_connection(daemon_.get(), connected.release(), peer.raw(), peer.length);
  turn();
}

void Server::Core::turn() {
  (void)MHD_run(daemon_.get());  // fails only with a threading mode
  if (has_more(daemon_.get())) {
    more_.arm();
  }
  if (const auto next = connections_.next_deadline()) {
    overdue_.arm_at(*next);
  } else {
    overdue_.disarm();
  }
  if (thrown_) {
    std::rethrow_exception(std::exchange(thrown_, nullptr));
  }
}

void Server::Core::close_overdue() {
  connections_.close_overdue(loop_.now());
  turn();
}

void Server::Core::guard(const std::function<void()>& body) noexcept {
  try {
    body();
  } catch (...) {
    thrown_ = std::current_exception();
  }
}

MHD_Result Server::Core::on_request(void* core, MHD_Connection* handle, const char* path,
                                    const char* method, const char* /*version*/,
                                    const char* /*upload*/, std::size_t* /*upload_size*/,
                                    void** /*request*/) noexcept {
  auto& self = *static_cast<Core*>(core);
  MHD_Result result = MHD_NO;
  self.guard([&] {
    if (auto* connection = connection_of(handle)) {
      result = self.request(*connection, path, method);
    }
  });
  return result;
}

void Server::Core::on_finished(void* core, MHD_Connection* handle, void** /*request*/,
                               MHD_RequestTerminationCode how) noexcept {
  auto& self = *static_cast<Core*>(core);
  self.guard([&] {
    if (auto* connection = connection_of(handle)) {
      self.finished(*connection, how);
    }
  });
}

void Server::Core::on_connection(void* core, MHD_Connection* handle, void** connection,
                                 MHD_ConnectionNotificationCode what) noexcept {
  auto& self = *static_cast<Core*>(core);
  if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
    self.connections_.remove(static_cast<const Connection*>(*connection));
    return;
  }
  self.guard([&] {
    const auto* info = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CONNECTION_FD);
    const TimePoint now = self.loop_.now();
    *connection = &self.connections_.add({.handle = handle,
                                          .fd = info->connect_fd,
                                          .peer = self.options_.peer(info->connect_fd),
                                          .last_finished = now,
                                          .deadline = now + self.options_.request_time,
                                          .exchange = nullptr,
                                          .hung_up = {}});
  });
}

void Server::Core::on_log(void* core, const char* format, va_list arguments) noexcept {
  auto& self = *static_cast<Core*>(core);
  self.guard([&] {
    const std::string text = log_text(format, arguments);
    if (self.options_.log && !text.empty()) {
      self.options_.log(text);
    }
  });
}

// The library calls this when the headers are complete, when the request is complete, and when the
// connection is resumed. A response that is queued by the first call closes the connection.
MHD_Result Server::Core::request(Connection& connection, const char* path, const char* method) {
  if (connection.closing) {
    return MHD_NO;
  }
  if (!connection.exchange) {
    connection.exchange = std::make_shared<Exchange>();
    auto refused = refusal(connection, method);
    return refused ? send(connection, std::move(*refused)) : MHD_YES;
  }
  const auto exchange = connection.exchange;
  if (exchange->state == Exchange::State::asked) {
    handler_(from_library(connection.handle, path, method, connection.peer), Reply(exchange));
  }
  if (exchange->state == Exchange::State::asked) {
    return wait(connection);
  }
  auto response = std::exchange(exchange->response, std::nullopt);
  return response ? send(connection, std::move(*response)) : MHD_NO;
}

MHD_Result Server::Core::wait(Connection& connection) {
  auto& exchange = *connection.exchange;
  if (stopping_ || connections_.waiting() >= options_.long_polls) {
    auto response = unavailable(stopping_ ? "server is shutting down\n" : "too many long polls\n");
    exchange.abandon();
    return send(connection, std::move(response));
  }
  exchange.state = Exchange::State::waiting;
  exchange.wake = [this, &connection] {
    connection.hung_up = {};
    MHD_resume_connection(connection.handle);
    more_.arm();  // the library has no thread: it continues at the next MHD_run()
  };
  connection.deadline.reset();
  connection.hung_up = loop_.borrowed_io(connection.fd, EPOLLRDHUP,
                                         [&connection](std::uint32_t) { connection.close(); });
  MHD_suspend_connection(connection.handle);
  return MHD_YES;
}

MHD_Result Server::Core::send(Connection& connection, Response response) {
  const bool is_remote =
      !connection.peer.on_this_host && response.compression != Compression::never;
  const bool is_gzip = is_remote && accepts_gzip(header_of(connection.handle, "Accept-Encoding"));
  if (stopping_) {
    response.headers.emplace_back("Connection", "close");
  }
  const auto queued = to_library(response, is_gzip ? Encoding::gzip : Encoding::plain);
  connection.deadline = loop_.now() + options_.answer_time;
  return MHD_queue_response(connection.handle, static_cast<unsigned>(response.status),
                            queued.get());
}

void Server::Core::finished(Connection& connection, MHD_RequestTerminationCode how) {
  const TimePoint now = loop_.now();
  if (how == MHD_REQUEST_TERMINATED_COMPLETED_OK) {
    connection.last_finished = now;
  }
  connection.deadline = now + options_.request_time;
  if (const auto exchange = std::exchange(connection.exchange, nullptr)) {
    exchange->wake = nullptr;
    exchange->abandon();
  }
}
}  // namespace checklist::http
