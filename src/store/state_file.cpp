// SPDX-License-Identifier: MIT
#include "store/state_file.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace checklist::store {
namespace {
namespace fs = std::filesystem;

std::string set_aside(const std::string& path, const std::string& why) {
  std::error_code error;
  for (int n = 1;; ++n) {
    const std::string aside = path + ".bad-" + std::to_string(n);
    if (!fs::exists(aside, error)) {
      fs::rename(path, aside, error);
      return aside + ": " + why;
    }
  }
}
}  // namespace

Restored StateFile::read() const {
  std::ifstream file(path_, std::ios::binary);
  if (!file) {
    const int error = errno;
    return error == ENOENT
               ? Restored{}
               : Restored{.state = {},
                          .set_aside = set_aside(path_, std::generic_category().message(error))};
  }
  std::ostringstream text;
  text << file.rdbuf();
  try {
    return {.state = state_from(text.str()), .set_aside = {}};
  } catch (const std::invalid_argument& error) {
    return {.state = {}, .set_aside = set_aside(path_, error.what())};
  }
}

std::optional<State> StateFile::peek() const {
  std::ifstream file(path_, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  try {
    return state_from(text.str());
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

void StateFile::write(const State& state) {
  const std::string fresh = path_ + ".new";
  std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
  file << text_.of(state);
  file.close();
  if (!file) {
    throw std::system_error(errno, std::generic_category(), fresh);
  }
  fs::rename(fresh, path_);
}
}  // namespace checklist::store
