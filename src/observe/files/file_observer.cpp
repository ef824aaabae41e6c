// SPDX-License-Identifier: MIT
#include "observe/files/file_observer.hpp"

#include "observe/files/file_status.hpp"
#include "observe/files/own_sandbox.hpp"

namespace checklist::observe {
namespace {
Observed<FileStatus> look_at(const std::string& root, const std::string& path,
                             RootFacts& root_facts) {
  auto file = file_status(root, path);
  if (file && file->type == "missing") {
    if (auto why = hidden_from_us(path)) {
      file = std::move(*why);
    }
  }
  return file || !root_could_see(file.unseen()) ? file : root_facts.file(path, file.unseen());
}
}  // namespace

FileObserver::FileObserver(event::Loop& loop, Put<FileKey> put, RootFacts& root_facts,
                           std::string root)
    : PathObserver(loop, std::move(put), std::move(root),
                   [&root_facts](const std::string& prefix, const FileKey& key) {
                     return look_at(prefix, key.path, root_facts);
                   }) {}
}  // namespace checklist::observe
