// SPDX-License-Identifier: MIT
// Protects the server's TCP addresses by the web config file, and follows its changes and those of
// the certificates and keys it names.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "config/web/web_file.hpp"
#include "http/server.hpp"

namespace checklist::daemon {
class Protector {
 public:
  // `server` must outlive it.
  explicit Protector(http::Server& server) : server_(server) {}

  // Protects by what has been read without problems.
  void begin(const config::WebConfig& web);

  // Rereads the files if one has changed. If there is an error, the protection in force is kept.
  void refresh();
  // Rereads the files, from another path if it has changed.
  void reload(const std::string& path);

  // Whether the files had no error when they were last read.
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  // What changes when a file does: device, inode, size, times; zeros if it cannot be looked at.
  using Stamp = std::array<std::int64_t, 7>;

  static std::vector<Stamp> stamps(const std::vector<std::string>& files);

  void reread();
  void apply(const config::WebConfig& web);

  http::Server& server_;
  std::string path_;
  std::vector<std::string> files_;
  std::vector<Stamp> stamps_;
  bool has_tls_ = false;
  bool has_users_ = false;
  bool ok_ = true;
};
}  // namespace checklist::daemon
