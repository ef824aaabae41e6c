// SPDX-License-Identifier: MIT
#include "http/core.hpp"

#include <cerrno>
#include <system_error>

#include <sys/epoll.h>

#include "http/conditions.hpp"
#include "http/exchange.hpp"
#include "http/library.hpp"
#include "http/refusals.hpp"

namespace checklist::http {
namespace {
// The library counts a connection until its cleanup ends, so its limit must exceed ours.
constexpr unsigned slack = 16;
constexpr int bad_request = 400;
constexpr int last_turns = 8;  // when stopping, to send the last short responses

// Returns null if on_connection() failed.
Connection* connection_of(MHD_Connection* handle) {
  const auto* info = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return static_cast<Connection*>(info->socket_context);
}
}  // namespace

Server::Core::Core(event::Loop& loop, Options options, Handler handler)
    : loop_(loop),
      options_(std::move(options)),
      handler_(std::move(handler)),
      gate_(loop, handler_),
      plain_(start(Encryption::none)),
      overdue_(loop.timer([this] { close_overdue(); })) {}

std::unique_ptr<Driver> Server::Core::start(Encryption encryption) {
  const bool has_tls = encryption == Encryption::tls;
  const unsigned most = static_cast<unsigned>(options_.connections) + slack;
  const unsigned flags = MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME |
                         MHD_USE_ERROR_LOG | (has_tls ? unsigned{MHD_USE_TLS} : 0U);
  auto* daemon = MHD_start_daemon(flags, 0, nullptr, nullptr, &on_request, this,               //
                                  MHD_OPTION_EXTERNAL_LOGGER, &on_log, this,                   //
                                  MHD_OPTION_CONNECTION_LIMIT, most,                           //
                                  MHD_OPTION_CONNECTION_MEMORY_LIMIT, options_.request_bytes,  //
                                  MHD_OPTION_NOTIFY_CONNECTION, &on_connection, this,          //
                                  MHD_OPTION_NOTIFY_COMPLETED, &on_finished, this,             //
                                  has_tls ? MHD_OPTION_HTTPS_CERT_CALLBACK : MHD_OPTION_END,
                                  &no_certificate,  //
                                  MHD_OPTION_END);
  if (daemon == nullptr) {
    throw std::system_error(errno, std::generic_category(), "http server");
  }
  return std::make_unique<Driver>(loop_, daemon, [this] { turn(); });
}

Server::Core::~Core() {
  listeners_.clear();
  // The library aborts the program when it is stopped while a connection is suspended.
  stopping_ = true;
  guard([this] { connections_.refuse_all_waiting(unavailable("server is shutting down\n")); });
  for (int i = 0; i < last_turns; ++i) {
    run();
  }
  plain_.reset();  // now, while its callbacks still find our members
  tls_.reset();
}

void Server::Core::protect(Protection protection) {
  if (protection.tls && !tls_) {
    tls_ = start(Encryption::tls);
  }
  gate_.protect(protection);
  protection_ = std::move(protection);
}

Endpoint Server::Core::accept_on(ListeningSocket socket) {
  Listener::Events events{.accepted = [this](event::Fd fd) { add(std::move(fd)); },
                          .make_room = [this] { return make_room(); }};
  return listeners_.emplace_back(loop_, std::move(socket), options_.accept_pause, std::move(events))
      .address();
}

void Server::Core::add(event::Fd connected) {
  SocketAddress peer;
  if (getpeername(connected.get(), peer.raw(), &peer.length) != 0) {
    return;  // the client has disconnected
  }
  const bool is_tcp = peer.storage.ss_family != AF_UNIX;
  if (is_tcp && options_.refresh) {
    options_.refresh();
  }
  if (connections_.size() >= options_.connections) {
    (void)make_room();
  }
  connections_.announce();
  (is_tcp && protection_.tls ? tls_ : plain_)->add(std::move(connected), peer);
  plain_->run_soon();
}

bool Server::Core::make_room() {
  auto* const connection = connections_.idle_longest();
  if (connection != nullptr) {
    connection->close();
    turn();
  }
  return connection != nullptr;
}

bool Server::Core::run() {
  ended_.clear();
  const bool has_more = plain_->run();
  const bool has_more_tls = tls_ && tls_->run();
  connections_.forget_announced();
  return has_more || has_more_tls;
}

void Server::Core::turn() {
  if (run()) {
    plain_->run_soon();
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
    self.guard([&] { self.closed(static_cast<const Connection*>(*connection)); });
  } else {
    self.guard([&] { *connection = &self.opened(handle); });
  }
}

Connection& Server::Core::opened(MHD_Connection* handle) {
  // Copied: since 1.0, all answers about a connection share one union, which the next overwrites.
  const int fd = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
  const auto* session = MHD_get_connection_info(handle, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  const bool has_tls = session != nullptr && session->tls_session != nullptr;
  Connection& out = connections_.add({.handle = handle,
                                      .fd = fd,
                                      .peer = options_.peer(fd),
                                      .last_finished = loop_.now(),
                                      .deadline = loop_.now() + options_.request_time,
                                      .exchange = nullptr,
                                      .tls = has_tls ? protection_.tls : nullptr});
  if (has_tls) {
    out.tls->apply(static_cast<gnutls_session_t>(session->tls_session));
  }
  return out;
}

// The library ends a TLS session after this call.
void Server::Core::closed(const Connection* connection) {
  if (connection != nullptr) {
    ended_.push_back(connection->tls);
    connections_.remove(connection);
  }
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
    auto refused = refusal(connection.handle, connection.peer, method);
    return refused ? send(connection, std::move(*refused)) : MHD_YES;
  }
  const auto exchange = connection.exchange;
  if (exchange->state == Exchange::State::asked) {
    handle(connection, from_library(connection.handle, path, method, connection.peer),
           Reply(exchange));
  }
  if (exchange->state == Exchange::State::asked) {
    return wait(connection);
  }
  auto response = std::exchange(exchange->response, std::nullopt);
  return response ? send(connection, std::move(*response)) : MHD_NO;
}

void Server::Core::handle(const Connection& connection, const Request& request, Reply reply) {
  if (!request.peer.by_tcp) {
    handler_(request, std::move(reply));
    return;
  }
  if (options_.refresh) {
    options_.refresh();
  }
  if (protection_.tls && !connection.tls) {  // a connection from before there was TLS
    reply.answer(text_response(400, "bad request: this address requires TLS\n"));
    return;
  }
  gate_.enter(request, std::move(reply));
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
    plain_->run_soon();  // the library has no thread: it continues at the next MHD_run()
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
  connection.is_served = response.status < bad_request;
  if (stopping_) {
    response.headers.emplace_back("Connection", "close");
  }
  if (connection.peer.by_tcp) {
    add_missing(response.headers, protection_.headers);
  }
  const auto queued = to_library(response, is_gzip ? Encoding::gzip : Encoding::plain);
  connection.deadline = loop_.now() + options_.answer_time;
  return MHD_queue_response(connection.handle, static_cast<unsigned>(response.status),
                            queued.get());
}

void Server::Core::finished(Connection& connection, MHD_RequestTerminationCode how) {
  const TimePoint now = loop_.now();
  if (how == MHD_REQUEST_TERMINATED_COMPLETED_OK && connection.is_served) {
    connection.last_finished = now;
  }
  connection.deadline = now + options_.request_time;
  if (const auto exchange = std::exchange(connection.exchange, nullptr)) {
    exchange->wake = nullptr;
    exchange->abandon();
  }
}
}  // namespace checklist::http
