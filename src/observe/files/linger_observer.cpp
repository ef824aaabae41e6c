// SPDX-License-Identifier: MIT
#include "observe/files/linger_observer.hpp"

#include "observe/files/file_status.hpp"

namespace checklist::observe {
namespace {
std::string linger_file(const LingerKey& key) {
  return "/var/lib/systemd/linger/" + key.user;
}

Observed<bool> has_linger_file(const std::string& root, const LingerKey& key) {
  const auto file = file_status(root, linger_file(key));
  return file ? Observed<bool>(file->type != "missing") : Observed<bool>(file.unseen());
}
}  // namespace

LingerObserver::LingerObserver(event::Loop& loop, Put<LingerKey> put, std::string root)
    : PathObserver(loop, std::move(put), std::move(root), has_linger_file, linger_file) {}
}  // namespace checklist::observe
