// SPDX-License-Identifier: MIT
#include "daemon/publish.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "render/report_json.hpp"

namespace checklist::daemon {
namespace {
using namespace std::chrono_literals;
constexpr Duration heartbeat = 10s;
constexpr Duration guest_deadline = 5s;
constexpr std::size_t most_guests = 32;

// From /etc/passwd itself: the name service may ask PID 1, which may be silent.
std::optional<std::string> user_name(uid_t uid) {
  std::ifstream file("/etc/passwd");
  for (std::string line; std::getline(file, line);) {
    const auto name_end = line.find(':');
    const auto uid_start = name_end == std::string::npos ? name_end : line.find(':', name_end + 1);
    if (uid_start != std::string::npos &&
        line.compare(uid_start + 1, line.find(':', uid_start + 1) - uid_start - 1,
                     std::to_string(uid)) == 0) {
      return line.substr(0, name_end);
    }
  }
  return std::nullopt;
}
}  // namespace

Publisher::Publisher(event::Loop& loop) : loop_(loop), again_(loop.timer([this] { connect(); })) {}

Publisher::~Publisher() {
  close();
}

void Publisher::publish(const Report& report) {
  latest_ = render::report_json(report, render::Audience::anyone);  // who asks there may be anybody
  again_.arm_at(loop_.now());
}

void Publisher::connect() {
  again_.arm_at(loop_.now() + heartbeat);
  if (fd_ >= 0 || latest_.empty()) {
    return;  // the former is still on its way; the heartbeat brings the newest
  }
  fd_ = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  std::strncpy(address.sun_path, publish_path, sizeof address.sun_path - 1);
  if (fd_ < 0 || ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0) {
    close();  // no system instance: the heartbeat tries again
    return;
  }
  sending_ = latest_;
  sent_ = 0;
  writable_ = loop_.io(fd_, EPOLLOUT, [this](std::uint32_t) { send_some(); });
}

void Publisher::send_some() {
  const ssize_t count = send(fd_, sending_.data() + sent_, sending_.size() - sent_, MSG_NOSIGNAL);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
    return;
  }
  sent_ += count > 0 ? static_cast<std::size_t>(count) : 0;
  if (count < 0 || sent_ == sending_.size()) {
    const bool outdated = sending_ != latest_;
    close();
    if (outdated) {
      again_.arm_at(loop_.now());
    }
  }
}

void Publisher::close() {
  writable_ = {};
  if (fd_ >= 0) {
    ::close(std::exchange(fd_, -1));
  }
}

struct Collector::Guest {
  Guest(int descriptor, std::string name, TimePoint until)
      : fd(descriptor), user(std::move(name)), deadline(until) {}

  Guest(const Guest&) = delete;
  Guest& operator=(const Guest&) = delete;

  ~Guest() { ::close(fd); }

  int fd;
  std::string user;
  TimePoint deadline;
  std::string text;
  event::Source readable;
};

Collector::Collector(event::Loop& loop, int fd, Take take)
    : loop_(loop),
      fd_(fd),
      take_(std::move(take)),
      ready_(loop.io(fd, EPOLLIN, [this](std::uint32_t) { accept_some(); })),
      slow_(loop.timer([this] { dismiss_slow(); })) {
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

Collector::~Collector() {
  ::close(fd_);
}

void Collector::accept_some() {
  const int fd = accept4(fd_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) {
    return;
  }
  ucred who{};
  socklen_t size = sizeof who;
  const bool known = getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0;
  const auto name = known ? user_name(who.uid) : std::nullopt;
  if (!name || guests_.size() >= most_guests ||
      std::ranges::any_of(guests_, [&](const auto& g) { return g.second->user == *name; })) {
    ::close(fd);
    return;
  }
  auto guest = std::make_unique<Guest>(fd, *name, loop_.now() + guest_deadline);
  guest->readable = loop_.io(fd, EPOLLIN, [this, fd](std::uint32_t) { read_some(fd); });
  slow_.arm_at(guest->deadline);
  guests_.emplace(fd, std::move(guest));
}

// A bounded piece a turn; the end of the stream is the end of the report.
void Collector::read_some(int fd) {
  Guest& guest = *guests_.at(fd);
  std::array<char, 65536> piece{};
  const ssize_t count = read(fd, piece.data(), piece.size());
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
    return;
  }
  if (count > 0 && guest.text.size() + static_cast<std::size_t>(count) <= longest_) {
    guest.text.append(piece.data(), static_cast<std::size_t>(count));
    return;
  }
  const auto leaving = std::move(guests_.at(fd));
  guests_.erase(fd);
  if (count == 0) {
    finish(*leaving);
  }
}

void Collector::finish(Guest& guest) {
  const render::ParsedReport parsed = render::parse_published(guest.text);
  if (!parsed.mistake.empty()) {
    return;
  }
  std::vector<std::shared_ptr<const ServiceReport>> services;
  for (const auto& service : parsed.services) {
    auto own = std::make_shared<ServiceReport>(*service);
    own->manager = "user:" + guest.user;
    services.push_back(std::move(own));
  }
  take_(guest.user, std::move(services));
}

void Collector::dismiss_slow() {
  const TimePoint now = loop_.now();
  std::erase_if(guests_, [now](const auto& entry) { return entry.second->deadline <= now; });
  if (!guests_.empty()) {
    const auto first =
        std::ranges::min_element(guests_, {}, [](const auto& g) { return g.second->deadline; });
    slow_.arm_at(first->second->deadline);
  }
}
}  // namespace checklist::daemon
