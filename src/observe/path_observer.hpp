// SPDX-License-Identifier: MIT
// Observes one path per key: watches it with inotify(7) and looks again after each change.
#pragma once
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "event/loop.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
// `Watch` is event::PathWatch (the path itself) or SymlinkChainWatch (also every symlink on the way
// to it).
template <class Key, class Watch>
class PathObserver : public Observer<Key> {
 public:
  using Look = std::function<Observed<typename Key::Fact>(const std::string& root, const Key& key)>;
  // Returns the path to watch, without the root; empty if the key is only read on look_again().
  using WatchedPath = std::function<std::string(const Key& key)>;

  // `root` is prepended to every path; empty outside tests.
  PathObserver(
      event::Loop& loop, Put<Key> put, std::string root, Look look,
      WatchedPath watched_path = [](const Key& key) { return key.path; })
      : loop_(loop),
        put_(std::move(put)),
        root_(std::move(root)),
        look_(std::move(look)),
        watched_path_(std::move(watched_path)) {}

  void follow(const std::set<Key>& keys) override {
    std::erase_if(followed_, [&keys](const auto& each) { return !keys.contains(each.first); });
    std::ranges::for_each(keys, [this](const Key& key) { follow_one(key); });
  }

  bool follow_also(const std::vector<Key>& keys) override {
    std::ranges::for_each(keys, [this](const Key& key) { follow_one(key); });
    return true;
  }

  void look_again() override {
    for (const auto& [key, watch] : followed_) {
      look(key);
    }
  }

 private:
  void follow_one(const Key& key) {
    const auto [at, is_new] = followed_.try_emplace(key);
    if (is_new) {
      at->second = watch(key);
      look(key);
    }
  }

  std::unique_ptr<Watch> watch(const Key& key) {
    const std::string path = watched_path_(key);
    return path.empty() ? nullptr
                        : std::make_unique<Watch>(loop_, root_ + path, [this, key] { look(key); });
  }

  void look(const Key& key) { put_(key, look_(root_, key)); }

  event::Loop& loop_;
  Put<Key> put_;
  std::string root_;
  Look look_;
  WatchedPath watched_path_;
  std::map<Key, std::unique_ptr<Watch>> followed_;  // null: not watched
};
}  // namespace checklist::observe
