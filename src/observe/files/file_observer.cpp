// SPDX-License-Identifier: MIT
#include "observe/files/file_observer.hpp"

#include "observe/files/file_status.hpp"
#include "observe/files/own_sandbox.hpp"

namespace checklist::observe {
FileObserver::FileObserver(event::Loop& loop, Put<FileKey> put, WrittenFacts& written,
                           std::string root)
    : loop_(loop), put_(std::move(put)), written_(written), root_(std::move(root)) {}

void FileObserver::follow(const std::set<FileKey>& keys) {
  std::erase_if(followed_, [&keys](const auto& entry) { return !keys.contains(entry.first); });
  for (const FileKey& key : keys) {
    auto& trail = followed_[key];
    if (!trail) {
      trail = std::make_unique<PathTrail>(loop_, root_ == "/" ? key.path : root_ + key.path,
                                          [this, key] { look(key); });
      look(key);
    }
  }
}

void FileObserver::look_again() {
  for (const auto& [key, trail] : followed_) {
    look(key);
  }
}

void FileObserver::look(const FileKey& key) {
  auto file = file_status(root_, key.path);
  if (file && file->type == "missing") {
    if (auto why = hidden_from_us(key.path)) {
      file = std::move(*why);
    }
  }
  put_(key,
       file || !may_be_written_down(file.unseen()) ? file : written_.file(key.path, file.unseen()));
}
}  // namespace checklist::observe
