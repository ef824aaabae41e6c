// SPDX-License-Identifier: MIT
// openssl s_server (1ssl) with a certificate that nobody signed but itself, for one name or
// address.
#pragma once
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::testing {
class TlsServer {
 public:
  // `name` as subjectAltName spells it: "IP:127.0.0.1", "DNS:elsewhere.example".
  explicit TlsServer(const std::string& name) {
    const std::string make =
        "openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256"
        " -days 2 -subj /CN=test -addext subjectAltName=" +
        name + " -keyout " + key() + " -out " + certificate() + " 2>/dev/null";
    if (std::system(make.c_str()) != 0) {  // NOLINT(cert-env33-c): fixed words and a path of ours
      throw std::runtime_error("openssl req");
    }
    std::array<int, 2> ends{};
    must(::pipe(ends.data()), "pipe");
    pid_ = ::fork();
    must(pid_, "fork");
    if (pid_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::close(STDERR_FILENO);  // where it tells what the tests provoke
      ::execlp("openssl", "openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-cert",
               certificate().c_str(), "-key", key().c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ::fdopen(ends[0], "r");
    read_port();
  }

  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  ~TlsServer() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    std::fclose(output_);
  }

  [[nodiscard]] std::string certificate() const { return directory_.path() / "certificate.pem"; }

  [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + port_ + "/"; }

 private:
  [[nodiscard]] std::string key() const { return directory_.path() / "key.pem"; }

  // From its line "ACCEPT 127.0.0.1:40123".
  void read_port() {
    std::array<char, 256> line{};
    while (std::fgets(line.data(), line.size(), output_) != nullptr) {
      const std::string text(line.data());
      if (text.starts_with("ACCEPT")) {
        port_ = text.substr(text.rfind(':') + 1, text.find_last_of("0123456789") - text.rfind(':'));
        return;
      }
    }
    throw std::runtime_error("openssl s_server");
  }

  TemporaryDirectory directory_;
  pid_t pid_ = -1;
  FILE* output_ = nullptr;
  std::string port_;
};
}  // namespace checklist::testing
