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
  std::vector<std::string> chain{path};
  std::list<fs::path> rest(whole.begin(), whole.end());
  fs::path at;
  std::error_code none;  // unreadable: not a symlink
  while (!rest.empty() && chain.size() <= most_links) {
    const fs::path next = rest.front() == ".." ? at.parent_path() : at / rest.front();
    rest.pop_front();
    if (!fs::is_symlink(next, none)) {
      at = next;
      continue;
    }
    chain.push_back(next.string());
    const fs::path target = fs::read_symlink(next, none);
    rest.insert(rest.begin(), target.begin(), target.end());
  }
  chain.push_back(at.string());
  std::ranges::sort(chain);
  chain.erase(std::unique(chain.begin(), chain.end()), chain.end());
  return chain;
}

SymlinkChainWatch::SymlinkChainWatch(event::Loop& loop, std::string path,
                                     std::function<void()> changed)
    : loop_(loop),
      path_(std::move(path)),
      changed_(std::move(changed)),
      soon_(loop.deferred(event::Priority::io, [this] {
        settle();
        const auto call = changed_;  // may destroy this object
        call();
      })) {
  settle();
}

void SymlinkChainWatch::settle() {
  watches_.clear();
  for (std::string& each : symlink_chain(path_)) {
    watches_.push_back(
        std::make_unique<event::PathWatch>(loop_, std::move(each), [this] { soon_.arm(); }));
  }
}
}  // namespace checklist::observe
