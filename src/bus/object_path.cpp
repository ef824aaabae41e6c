// SPDX-License-Identifier: MIT
#include "bus/object_path.hpp"

#include <cstdlib>
#include <memory>

#include <systemd/sd-bus.h>

namespace checklist::bus {
namespace {
struct Free {
  // sd-bus allocates strings with malloc(3).
  // NOLINTNEXTLINE(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)
  void operator()(char* text) const { std::free(text); }
};

using CString = std::unique_ptr<char, Free>;
}  // namespace

std::string escaped_path(const std::string& prefix, const std::string& name) {
  char* path = nullptr;
  const int result = sd_bus_path_encode(prefix.c_str(), name.c_str(), &path);
  const CString owned(path);
  return result < 0 ? prefix + "/_" : std::string(owned.get());
}

std::string unescaped_name(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) {
    return {};
  }
  char* name = nullptr;
  const int result = sd_bus_path_decode(path.c_str(), path.substr(0, slash).c_str(), &name);
  const CString owned(name);
  return result <= 0 ? std::string() : std::string(owned.get());
}
}  // namespace checklist::bus
