// SPDX-License-Identifier: MIT
#include "ctl/capture/as_user.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <system_error>

#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctl/capture/captures_json.hpp"
#include "event/fd.hpp"

namespace checklist::ctl {
namespace {
constexpr std::size_t longest_answer = 64UL << 20U;  // bytes

void require(bool success, const char* what) {
  if (!success) {
    throw std::system_error(errno, std::generic_category(), what);
  }
}

std::string runtime_directory(const passwd& user) {
  return "/run/user/" + std::to_string(user.pw_uid);
}

// Gives up root's rights, environment and terminal for those of the user.
void become(const passwd& user) {
  require(::setsid() >= 0, "setsid");
  require(::initgroups(user.pw_name, user.pw_gid) == 0, "initgroups");
  require(::setresgid(user.pw_gid, user.pw_gid, user.pw_gid) == 0, "setresgid");
  require(::setresuid(user.pw_uid, user.pw_uid, user.pw_uid) == 0, "setresuid");
  const std::string runtime = runtime_directory(user);
  const std::string bus = "unix:path=" + runtime + "/bus";
  require(::clearenv() == 0, "clearenv");
  for (const auto& [name, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"HOME", user.pw_dir},
           {"USER", user.pw_name},
           {"LOGNAME", user.pw_name},
           {"PATH", "/usr/local/bin:/usr/bin:/bin"},
           {"XDG_RUNTIME_DIR", runtime.c_str()},
           {"DBUS_SESSION_BUS_ADDRESS", bus.c_str()}}) {
    require(::setenv(name, value, 1) == 0, "setenv");
  }
}

void write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    require(written >= 0 || errno == EINTR, "write");
    text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
  }
}

std::string read_all(int fd) {
  std::string out;
  std::array<char, 65536> buffer{};
  while (out.size() <= longest_answer) {
    const ssize_t length = ::read(fd, buffer.data(), buffer.size());
    if (length == 0) {
      break;
    }
    require(length > 0 || errno == EINTR, "read");
    out.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
  }
  return out;
}

// Runs in the child process. Returns its exit status.
int answer(const passwd& user, CaptureOptions options, int fd) {
  try {
    become(user);
    options.of_user.clear();
    options.user = true;
    write_all(fd, captures_json(capture_units(options)));
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::cerr << "checklistctl: as user " << user.pw_name << ": " << error.what() << std::endl;
    return EXIT_FAILURE;
  }
}
}  // namespace

std::string obstacle_to_capture_as(const std::string& user) {
  const passwd* account = ::getpwnam(user.c_str());
  if (account == nullptr) {
    return "no such user";
  }
  if (::geteuid() != 0) {
    return "only root captures units of another user; run it as root";
  }
  const std::string runtime = runtime_directory(*account);
  std::error_code error;
  if (!std::filesystem::exists(runtime + "/systemd/private", error)) {
    return "the user's service manager does not run; `loginctl enable-linger " + user +
           "` starts it, now and at each boot";
  }
  if (!std::filesystem::exists(runtime + "/bus", error)) {
    return "the user has no session bus; it comes with the package dbus-user-session";
  }
  return "";
}

Captures capture_as(const std::string& user, const CaptureOptions& options) {
  std::array<int, 2> ends{};
  require(::pipe(ends.data()) == 0, "pipe");
  event::Fd from(ends[0]);
  event::Fd to(ends[1]);
  const passwd* account = ::getpwnam(user.c_str());
  require(account != nullptr, user.c_str());
  const pid_t child = ::fork();
  require(child >= 0, "fork");
  if (child == 0) {
    ::_exit(answer(*account, options, to.get()));
  }
  to = event::Fd();
  const std::string text = read_all(from.get());
  from = event::Fd();  // ends a child that writes more
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return parse_captures(text, user).value_or(Captures{});
}
}  // namespace checklist::ctl
