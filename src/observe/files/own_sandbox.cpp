// SPDX-License-Identifier: MIT
#include "observe/files/own_sandbox.hpp"

#include "observe/small_file.hpp"
#include "parse/mount_place.hpp"

namespace checklist::observe {
namespace {
constexpr std::size_t largest = 4U << 20U;

std::string remedy(const std::string& path) {
  if (path.starts_with("/dev/")) {
    return "set PrivateDevices=no in checklistd.service";
  }
  if (path.starts_with("/tmp/") || path.starts_with("/var/tmp/")) {
    return "set PrivateTmp=no in checklistd.service";
  }
  return "make " + path + " visible to checklistd.service (ProtectHome=, InaccessiblePaths=)";
}
}  // namespace

std::optional<Unseen> hidden_from_us(const std::string& path) {
  const auto ours = small_file("/proc/self/mountinfo", largest);
  const auto theirs = small_file("/proc/1/mountinfo", largest);
  if (!ours || !theirs || parse::mount_place(*ours, path) == parse::mount_place(*theirs, path)) {
    return std::nullopt;
  }
  return Unseen{"own_sandbox", "checklistd's own sandbox hides " + path, remedy(path)};
}
}  // namespace checklist::observe
