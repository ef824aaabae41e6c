// SPDX-License-Identifier: MIT
#include "daemon/report_link.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <optional>

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "parse/accounts.hpp"
#include "render/report_json.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::daemon {
namespace {
using namespace std::chrono_literals;
constexpr Duration heartbeat = 10s;
constexpr Duration client_deadline = 5s;
constexpr Duration accept_pause = 1s;  // after descriptors ran out
constexpr std::size_t most_clients = 32;
constexpr std::size_t most_failed_units = 100;

std::set<std::string> failed_units(const HostReport& host) {
  std::set<std::string> out;
  for (const CheckResult& result : host.checks) {
    for (const Finding& finding : result.findings) {
      if (result.check == "failed_units" && finding.status == Status::fail &&
          out.size() < most_failed_units && !semantics::name_error(finding.subject)) {
        out.insert(finding.subject);
      }
    }
  }
  return out;
}

// Reads /etc/passwd itself: the name service may query PID 1, which may hang.
std::optional<std::string> user_name(uid_t uid) {
  std::ifstream file("/etc/passwd");
  for (std::string line; std::getline(file, line);) {
    const auto users = parse::users(line);  // one line at a time: the first of a uid counts
    if (!users.empty() && users.begin()->second.uid == uid) {
      return users.begin()->first;
    }
  }
  return std::nullopt;
}

std::optional<uid_t> peer_uid(int fd) {
  ucred peer{};
  socklen_t size = sizeof peer;
  return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? std::optional(peer.uid)
                                                                    : std::nullopt;
}
}  // namespace

ReportSender::ReportSender(event::Loop& loop, std::string path)
    : loop_(loop), path_(std::move(path)), retry_(loop.timer([this] { connect(); })) {}

void ReportSender::send(const Report& report) {
  latest_ = render::report_json(report, render::Audience::anyone);
  retry_.arm_at(loop_.now());
}

void ReportSender::connect() {
  retry_.arm_at(loop_.now() + heartbeat);
  if (writable_.fd() >= 0 || latest_.empty()) {
    return;  // the previous report is still being sent; send_some() goes on with the latest
  }
  event::Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  path_.copy(address.sun_path, sizeof address.sun_path - 1);
  if (!socket ||
      ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0) {
    return;  // no system instance: the heartbeat tries again
  }
  sending_ = latest_;
  sent_ = 0;
  writable_ = loop_.io(std::move(socket), EPOLLOUT, [this](std::uint32_t) { send_some(); });
}

void ReportSender::send_some() {
  const ssize_t count =
      ::send(writable_.fd(), sending_.data() + sent_, sending_.size() - sent_, MSG_NOSIGNAL);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
    return;
  }
  sent_ += count > 0 ? static_cast<std::size_t>(count) : 0;
  if (count < 0 || sent_ == sending_.size()) {
    const bool outdated = sending_ != latest_;
    writable_ = {};
    if (outdated) {
      retry_.arm_at(loop_.now());
    }
  }
}

struct ReportReceiver::Client {
  uid_t uid;
  TimePoint deadline;
  std::string text{};
  event::Source readable{};  // owns the connection
};

ReportReceiver::ReportReceiver(event::Loop& loop, event::Fd socket, Callback callback)
    : loop_(loop),
      callback_(std::move(callback)),
      listener_(loop, http::adopt_socket(std::move(socket)), accept_pause,
                {.accepted = [this](event::Fd fd) { accept(std::move(fd)); },
                 .make_room = {},
                 .keep_half_closed = true}),
      overdue_(loop.timer([this] { close_overdue(); })) {}

ReportReceiver::~ReportReceiver() = default;

void ReportReceiver::accept(event::Fd fd) {
  const auto uid = peer_uid(fd.get());
  const auto is_same_user = [&uid](const auto& each) { return each.second->uid == *uid; };
  if (!uid || clients_.size() >= most_clients || std::ranges::any_of(clients_, is_same_user)) {
    return;
  }
  const int key = fd.get();
  auto client =
      std::make_unique<Client>(Client{.uid = *uid, .deadline = loop_.now() + client_deadline});
  client->readable =
      loop_.io(std::move(fd), EPOLLIN, [this, key](std::uint32_t) { read_some(key); });
  clients_.emplace(key, std::move(client));
  close_overdue();  // arms the timer
}

// Reads one bounded piece per turn of the loop; the end of the stream ends the report.
void ReportReceiver::read_some(int fd) {
  Client& client = *clients_.at(fd);
  std::array<char, 65536> piece{};
  const ssize_t count = read(fd, piece.data(), piece.size());
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
    return;
  }
  if (count > 0 && client.text.size() + static_cast<std::size_t>(count) <= longest_) {
    client.text.append(piece.data(), static_cast<std::size_t>(count));
    return;
  }
  const auto done = std::move(clients_.at(fd));
  clients_.erase(fd);
  if (count == 0) {
    finish(*done);
  }
}

void ReportReceiver::finish(const Client& client) {
  const render::ParsedReport parsed = render::parse_published(client.text);
  const auto user = parsed.mistake.empty() ? user_name(client.uid) : std::nullopt;
  if (!user) {
    return;
  }
  Published out;
  for (const auto& service : parsed.services) {
    auto own = std::make_shared<ServiceReport>(*service);
    own->manager = "user:" + *user;
    out.services.push_back(std::move(own));
  }
  if (parsed.host) {
    out.failed_units = failed_units(*parsed.host);
  }
  callback_(*user, std::move(out));
}

void ReportReceiver::close_overdue() {
  const TimePoint now = loop_.now();
  std::erase_if(clients_, [now](const auto& entry) { return entry.second->deadline <= now; });
  if (!clients_.empty()) {
    const auto first = std::ranges::min_element(
        clients_, {}, [](const auto& entry) { return entry.second->deadline; });
    overdue_.arm_at(first->second->deadline);
  }
}
}  // namespace checklist::daemon
