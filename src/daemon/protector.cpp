// SPDX-License-Identifier: MIT
#include "daemon/protector.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <sys/stat.h>

#include "access/tls.hpp"
#include "daemon/log.hpp"

namespace checklist::daemon {
namespace {
std::string described(const config::WebConfig& web) {
  std::string out = web.tls ? "TLS" : "no TLS";
  const auto auth = web.tls ? web.tls->client_auth : access::ClientAuth::NoClientCert;
  if (auth == access::ClientAuth::RequireAndVerifyClientCert) {
    out += " with verified client certificates";
  } else if (auth != access::ClientAuth::NoClientCert) {
    out += ", client certificates not required or not verified";
  }
  out += web.users.empty() ? ", no password" : ", users: " + std::to_string(web.users.size());
  return out + (web.rate_limit.interval.count() > 0 ? ", a rate limit" : "");
}

http::Protection protection(const config::WebConfig& web) {
  using namespace std::chrono_literals;
  const auto interval = std::chrono::ceil<Duration>(std::max(web.rate_limit.interval, 0ns));
  return {.tls = web.tls ? std::make_shared<const access::Tls>(*web.tls) : nullptr,
          .headers = web.headers,
          .users = web.users,
          .rate_limit = {.interval = interval, .burst = web.rate_limit.burst}};
}
}  // namespace

void Protector::begin(const config::WebConfig& web) {
  if (!web.files.empty()) {
    path_ = web.files.front();
    files_ = web.files;
    stamps_ = stamps(files_);
    apply(web);
  }
}

void Protector::refresh() {
  if (!path_.empty() && stamps(files_) != stamps_) {
    reread();
  }
}

void Protector::reload(const std::string& path) {
  const std::string before = std::exchange(path_, path);
  if (!path_.empty() || !before.empty()) {
    reread();
  }
}

void Protector::reread() {
  std::vector<config::Problem> problems;
  config::WebConfig web;
  if (!path_.empty()) {
    // What is read now is at least as new as these stamps.
    std::vector<config::Problem> ignored;
    files_ = config::load_web(path_, ignored).files;
    stamps_ = stamps(files_);
    web = config::load_web(path_, problems);
  }
  // A file that an editor has emptied for a moment must not open the addresses.
  if (problems.empty() && ((has_tls_ && !web.tls) || (has_users_ && web.users.empty()))) {
    problems.push_back({path_.empty() ? "web config file" : path_, 0, 0, "",
                        "TLS and passwords are turned off only by a restart"});
  }
  ok_ = problems.empty();
  for (const config::Problem& problem : problems) {
    log(Level::error, config::text(problem));
  }
  if (ok_) {
    apply(web);
  } else {
    log(Level::error, "web config file has errors, keeping the protection in force");
  }
}

void Protector::apply(const config::WebConfig& web) {
  server_.protect(protection(web));
  has_tls_ = web.tls.has_value();
  has_users_ = !web.users.empty();
  log(has_tls_ || has_users_ ? Level::info : Level::warning,
      "web config file in force: " + described(web));
}

std::vector<Protector::Stamp> Protector::stamps(const std::vector<std::string>& files) {
  std::vector<Stamp> out;
  for (const std::string& file : files) {
    struct stat status {};

    if (stat(file.c_str(), &status) != 0) {
      status = {};
    }
    out.push_back({static_cast<std::int64_t>(status.st_dev),
                   static_cast<std::int64_t>(status.st_ino), status.st_size, status.st_mtim.tv_sec,
                   status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec});
  }
  return out;
}
}  // namespace checklist::daemon
