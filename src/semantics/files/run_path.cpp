// SPDX-License-Identifier: MIT
#include "semantics/files/run_path.hpp"

#include <algorithm>
#include <filesystem>

namespace checklist::semantics {
namespace {
constexpr std::array origin_tokens{"$ORIGIN", "${ORIGIN}"};

std::string replaced(std::string text, const std::string& word, const std::string& by) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + by.size())) {
    text.replace(at, word.size(), by);
  }
  return text;
}
}  // namespace

bool is_library_directory(const std::string& path) {
  const std::string normal = std::filesystem::path(path + '/').lexically_normal().string();
  return std::ranges::any_of(library_directories, [&normal](const char* each) {
    return normal == each + std::string("/");
  });
}

bool names_origin(const std::string& directory) {
  return std::ranges::any_of(origin_tokens, [&directory](const char* token) {
    return directory.find(token) != std::string::npos;
  });
}

std::string expanded_run_path(std::string directory, std::string origin) {
  for (const std::string token : origin_tokens) {
    while (directory.starts_with(token + "/..") &&
           (directory.size() == token.size() + 3 || directory[token.size() + 3] == '/')) {
      origin = parent_directory(origin);
      directory.erase(token.size(), 3);
    }
    directory = replaced(std::move(directory), token, origin);
  }
  return directory.find('$') == std::string::npos ? directory : "";
}

std::string parent_directory(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}
}  // namespace checklist::semantics
