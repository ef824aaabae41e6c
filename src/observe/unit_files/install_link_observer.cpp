// SPDX-License-Identifier: MIT
#include "observe/unit_files/install_link_observer.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <tuple>

#include "observe/shortage.hpp"

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;

struct Entry {
  InstallLink link;
  std::string name;
  bool is_mask = false;  // to /dev/null: masks the dependency in later directories, too
};

// "wants" of "multi-user.target.wants"; empty for other directories.
std::string install_kind(const std::string& name) {
  const auto dot = name.rfind('.');
  const std::string kind = dot == std::string::npos || dot == 0 ? "" : name.substr(dot + 1);
  return kind == "wants" || kind == "requires" || kind == "upholds" ? kind : "";
}
}  // namespace

struct InstallLinkObserver::Directory {
  std::unique_ptr<UnitDirectory> files;
  std::vector<Entry> entries{};
  std::optional<Unseen> unread{};  // why it could not be read

  void scan() {
    entries.clear();
    unread.reset();
    try {
      read();
    } catch (const Shortage& error) {
      unread = error.unseen();
      files->look_later();
    }
  }

  void read() {
    const auto names =
        files->look([](const std::string& name) { return !install_kind(name).empty(); });
    for (const std::string& directory : names) {
      const std::string kind = install_kind(directory);
      const std::string target = directory.substr(0, directory.size() - kind.size() - 1);
      for (const std::string& name : names_in(files->full() + "/" + directory)) {
        const std::string below = "/" + directory + "/" + name;
        const bool mask = is_mask(files->full() + below);
        std::error_code gone;
        if (mask || fs::is_symlink(files->full() + below, gone)) {
          entries.push_back({{files->path() + below, target, kind}, name, mask});
        }
      }
    }
  }
};

InstallLinkObserver::InstallLinkObserver(event::Loop& loop, Put<InstallLinksKey> put,
                                         std::function<void()> on_change, std::string root)
    : loop_(loop), put_(std::move(put)), on_change_(std::move(on_change)), root_(std::move(root)) {}

InstallLinkObserver::~InstallLinkObserver() = default;

void InstallLinkObserver::search_path(std::vector<std::string> directories) {
  if (directories == search_path_) {
    return;
  }
  search_path_ = std::move(directories);
  directories_.clear();
  const auto is_changed = [this](UnitDirectory& files) { changed(files); };
  for (auto& files : unit_directories(loop_, root_, search_path_, is_changed)) {
    directories_.push_back(std::make_unique<Directory>(Directory{std::move(files)}));
  }
  look_again();
}

void InstallLinkObserver::follow(const std::set<InstallLinksKey>& keys) {
  followed_ = keys;
  put_links();
}

void InstallLinkObserver::look_again() {
  std::ranges::for_each(directories_, [](const auto& each) { each->scan(); });
  put_links();
}

void InstallLinkObserver::changed(const UnitDirectory& files) {
  for (const auto& directory : directories_) {
    if (directory->files.get() == &files) {
      directory->scan();
    }
  }
  put_links();
  on_change_();
}

void InstallLinkObserver::put_links() {
  if (search_path_.empty()) {
    return;
  }
  std::map<std::string, std::vector<InstallLink>> links;
  std::set<std::tuple<std::string, std::string, std::string>> masked;
  std::optional<Unseen> unread;
  for (const auto& directory : directories_) {
    unread = unread ? unread : directory->unread;
    for (const Entry& entry : directory->entries) {
      const std::tuple edge(entry.link.target, entry.link.kind, entry.name);
      if (entry.is_mask) {
        masked.insert(edge);
      } else if (!masked.contains(edge)) {
        links[entry.name].push_back(entry.link);
      }
    }
  }
  for (const InstallLinksKey& key : followed_) {
    auto& found = links[key.name];
    std::ranges::sort(found);
    put_(key, unread ? Observed<std::vector<InstallLink>>(*unread) : found);
  }
}
}  // namespace checklist::observe
