// SPDX-License-Identifier: MIT
#include "config/files.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

namespace checklist::config {
namespace {
namespace fs = std::filesystem;
constexpr std::uintmax_t largest = 1 << 20;

bool masks(const fs::path& path) {
  std::error_code error;
  return fs::canonical(path, error) == "/dev/null" ||
         (fs::is_regular_file(path, error) && fs::file_size(path, error) == 0);
}

// Skips editors' hidden files and backups (x.json~).
bool is_spec(const fs::path& path) {
  return path.extension() == ".json" && !path.filename().string().starts_with('.');
}

std::vector<fs::path> listing(const std::string& directory, std::vector<Problem>& problems) {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error); !error && entry != fs::directory_iterator{};
       entry.increment(error)) {
    if (is_spec(entry->path())) {
      out.push_back(entry->path());
    }
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    problems.push_back({directory, 0, 0, "", "cannot be read: " + error.message()});
  }
  return out;
}

// Returns why a file cannot be read as configuration, or an empty string. A FIFO would block the
// reader.
std::string refusal(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (error) {
    return "cannot be read: " + error.message();
  }
  if (!fs::is_regular_file(status)) {
    return fs::is_directory(status) ? "is a directory, not a file" : "is not a regular file";
  }
  return fs::file_size(path, error) > largest ? "is larger than 1 MiB" : "";
}
}  // namespace

SpecFiles spec_files(const std::vector<std::string>& directories, std::vector<Problem>& problems) {
  SpecFiles out;
  std::map<std::string, SpecFile> chosen;
  for (std::size_t i = 0; i < directories.size(); ++i) {
    for (const fs::path& path : listing(directories[i], problems)) {
      auto& slot = chosen[path.filename()];
      if (!slot.path.empty()) {
        out.notes.push_back(slot.path + ": " + (masks(path) ? "masked by " : "replaced by ") +
                            path.string());
      }
      slot = {.path = path, .directory = i};
    }
  }
  for (auto& [name, file] : chosen) {
    if (!masks(file.path)) {
      out.files.push_back(std::move(file));
    }
  }
  return out;
}

std::optional<std::string> read_file(const std::string& path, std::vector<Problem>& problems) {
  std::string why = refusal(path);
  std::string text;
  if (why.empty()) {
    std::ifstream file(path, std::ios::binary);
    text.resize(largest + 1);
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (file.bad() || !file.is_open()) {
      why = std::string("cannot be read: ") + std::strerror(errno);
    }
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  }
  if (!why.empty()) {
    problems.push_back({path, 0, 0, "", std::move(why)});
    return std::nullopt;
  }
  return text;
}
}  // namespace checklist::config
