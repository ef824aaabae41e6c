// SPDX-License-Identifier: MIT
#include "observe/files/symlink_chain.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <list>

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;
constexpr std::size_t most_links = 40;  // as the kernel: path_resolution(7)
}  // namespace

std::vector<std::string> symlink_chain(const std::string& path) {
  const fs::path whole(path);
  std::vector<std::string> trail{path};
  std::list<fs::path> rest(whole.begin(), whole.end());
  fs::path at;
  std::error_code none;  // what cannot be read is no link
  while (!rest.empty() && trail.size() <= most_links) {
    const fs::path next = rest.front() == ".." ? at.parent_path() : at / rest.front();
    rest.pop_front();
    if (!fs::is_symlink(next, none)) {
      at = next;
      continue;
    }
    trail.push_back(next.string());
    const fs::path target = fs::read_symlink(next, none);
    rest.insert(rest.begin(), target.begin(), target.end());
  }
  trail.push_back(at.string());
  std::ranges::sort(trail);
  trail.erase(std::unique(trail.begin(), trail.end()), trail.end());
  return trail;
}

SymlinkChainWatch::SymlinkChainWatch(event::Loop& loop, std::string path,
                                     std::function<void()> changed)
    : loop_(loop),
      path_(std::move(path)),
      changed_(std::move(changed)),
      soon_(loop.deferred(event::Priority::io, [this] {
        settle();
        const auto call = changed_;  // it may destroy this
        call();
      })) {
  settle();
}

void SymlinkChainWatch::settle() {
  watches_.clear();
  for (std::string& each : symlink_chain(path_)) {
    watches_.push_back(
        std::make_unique<PathWatch>(loop_, std::move(each), [this] { soon_.arm(); }));
  }
}
}  // namespace checklist::observe
