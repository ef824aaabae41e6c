// SPDX-License-Identifier: MIT
#include "observe/unit_files/unit_directory.hpp"

#include <filesystem>
#include <set>
#include <system_error>

#include <sys/inotify.h>

#include "observe/shortage.hpp"
#include "semantics/unit/unit_files.hpp"

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;
using namespace std::chrono_literals;
constexpr std::uint32_t anything = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB |
                                   IN_CLOSE_WRITE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
// A package upgrade may rewrite hundreds of files.
constexpr Duration storm_interval = 100ms;
constexpr unsigned storm_burst = 5;
constexpr Duration until_again = 1s;  // when it could not be read
}  // namespace

std::vector<std::string> names_in(const std::string& directory) {
  std::error_code gone;
  std::vector<std::string> out;
  for (fs::directory_iterator at(directory, gone), end; !gone && at != end; at.increment(gone)) {
    out.push_back(at->path().filename());
  }
  if (is_shortage(gone.value())) {
    throw Shortage(gone.value(), directory);
  }
  return out;
}

bool is_mask(const std::string& path) {
  std::error_code dangling;
  const auto status = fs::status(path, dangling);
  return fs::is_character_file(status) ||
         (fs::is_regular_file(status) && fs::file_size(path, dangling) == 0);
}

UnitDirectory::UnitDirectory(event::Loop& loop, const std::string& root, std::string path,
                             const std::function<void(UnitDirectory&)>& changed)
    : loop_(loop),
      path_(std::move(path)),
      full_(root + path_),
      again_(loop.timer([this, changed] { changed(*this); })) {
  if (!semantics::is_generated(path_)) {
    soon_ = loop.rate_limited(event::Priority::io, storm_interval, storm_burst,
                              [this, changed] { changed(*this); });
    chain_ = std::make_unique<SymlinkChainWatch>(loop, full_, [this] { soon_.arm(); });
  }
}

void UnitDirectory::watch(const std::string& directory) {
  if (!chain_) {
    return;
  }
  try {
    watches_.push_back(loop_.inotify(directory, anything,
                                     [this](std::uint32_t, const std::string&) { soon_.arm(); }));
  } catch (const std::system_error&) {
    // It does not exist (chain_ notices when it does), or out of watches: the resync looks again.
  }
}

std::vector<std::string> UnitDirectory::look(
    const std::function<bool(const std::string&)>& matters) {
  watches_.clear();
  watch(full_);
  std::vector<std::string> out = names_in(full_);
  std::erase_if(out, [&matters](const std::string& name) { return !matters(name); });
  for (const std::string& name : out) {
    watch(full_ + "/" + name);
  }
  return out;
}

void UnitDirectory::look_later() {
  again_.arm_at(loop_.now() + until_again);
}

std::vector<std::unique_ptr<UnitDirectory>> unit_directories(
    event::Loop& loop, const std::string& root, const std::vector<std::string>& search_path,
    const std::function<void(UnitDirectory&)>& changed) {
  std::vector<std::unique_ptr<UnitDirectory>> out;
  std::set<fs::path> seen;  // /lib may be a link to /usr/lib, and both be on the path
  for (const std::string& path : search_path) {
    if (path.ends_with("/transient") || !seen.insert(fs::weakly_canonical(root + path)).second) {
      continue;
    }
    out.push_back(std::make_unique<UnitDirectory>(loop, root, path, changed));
  }
  return out;
}
}  // namespace checklist::observe
