// SPDX-License-Identifier: MIT
// What a client sends over a connection to the daemon, up to its end: the real server with the
// daemon's paths.
#include <csignal>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "access/login.hpp"
#include "daemon/web.hpp"
#include "fuzz/fuzz.hpp"
#include "support/temporary_directory.hpp"
#include "unit/render/reports.hpp"

namespace checklist::fuzz {
namespace {
using namespace std::chrono_literals;

// A daemon's web server with a report, and a client.
class Site {
 public:
  Site()
      : web_(
            loop_, [] { return render::Figures{}; }, [] { return render::About{}; }) {
    std::signal(SIGPIPE, SIG_IGN);
    web_.server().listen(http::UnixAddress{.path = path_});
    web_.publish(std::make_shared<const Report>(testing::report({testing::service(
        "x.service", {testing::result("port_bindings", {testing::passing("tcp:*:22")})})})));
  }

  // Sends the text, gives the server some turns to accept and read, and hangs up.
  void serve(std::string_view text) {
    event::Fd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    path_.copy(address.sun_path, sizeof address.sun_path - 1);
    require(
        ::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
        "a client is let in");
    (void)::send(client.get(), text.data(), text.size(), MSG_NOSIGNAL);
    int turns = 0;
    (void)loop_.run_until([&turns] { return ++turns > 4; }, 1ms);  // it may wait for more
    client = {};
    const auto ended = [this] { return web_.server().connections() == 0; };
    require(loop_.run_until(ended, 60s), "a connection ends with its client");
  }

 private:
  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "socket";
  event::Loop loop_;
  daemon::Web web_;
};
}  // namespace

const std::size_t longest = 1U << 16U;

void run(std::string_view input) {
  static Site site;
  site.serve(input);
  if (const auto login = access::parse_login(input)) {
    require(login->user.find(':') == std::string::npos, "a user's name has no colon");
  }
}
}  // namespace checklist::fuzz
