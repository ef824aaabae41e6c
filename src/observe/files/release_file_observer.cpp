// SPDX-License-Identifier: MIT
#include "observe/files/release_file_observer.hpp"

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

#include <sys/xattr.h>

#include "observe/small_file.hpp"
#include "parse/host/release_file.hpp"

namespace checklist::observe {
namespace {
// parse_boolean() of systemd
bool is_false(std::string_view text) {
  return text == "0" || text == "no" || text == "n" || text == "false" || text == "f" ||
         text == "off";
}

bool has_any_name(const std::string& path) {
  std::array<char, 16> value{};
  const auto size =
      ::getxattr(path.c_str(), "user.extension-release.strict", value.data(), value.size());
  return size > 0 && is_false({value.data(), static_cast<std::size_t>(size)});
}

Observed<ReleaseFile> look_at(const std::string& path, const std::string& shown) {
  errno = 0;
  const auto text = small_file(path);
  if (text) {
    return ReleaseFile{.exists = true,
                       .fields = parse::release_fields(*text),
                       .is_for_any_name = has_any_name(path)};
  }
  const int error = errno;
  if (error == ENOENT || error == ENOTDIR || error == ELOOP) {
    return ReleaseFile{};
  }
  const bool is_closed = error == EACCES || error == EPERM;
  return Unseen{is_closed ? "permission" : "unsupported",
                "cannot read " + shown + ": " + std::system_category().message(error),
                is_closed ? "let checklistd read " + shown : ""};
}
}  // namespace

ReleaseFileObserver::ReleaseFileObserver(event::Loop& loop, Put<ReleaseFileKey> put,
                                         std::string root)
    : PathObserver(loop, std::move(put), std::move(root),
                   [](const std::string& prefix, const ReleaseFileKey& key) {
                     return look_at(prefix + key.path, key.path);
                   }) {}
}  // namespace checklist::observe
