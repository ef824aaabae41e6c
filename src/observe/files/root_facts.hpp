// SPDX-License-Identifier: MIT
// What checklistd-files.service, which may look where we may not, wrote down: believed only if the
// file is root's and nobody else can write it, and only while it is fresh.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checklist/facts/files.hpp"
#include "checklist/observed.hpp"

#include "event/loop.hpp"
#include "event/path_watch.hpp"
#include "parse/file_facts.hpp"

namespace checklist::observe {
inline constexpr auto root_facts_path = "/run/checklistd-files/facts.json";

// Whether this is a gap that root's look can fill.
bool root_could_see(const Unseen& why);

class RootFacts {
 public:
  // `changed`: what was answered may be another by now. Nothing is read before somebody asks.
  RootFacts(event::Loop& loop, std::function<void()> changed, std::string path = root_facts_path);

  // What is written; else why it is unseen, and what would make it seen. `own` is why we do not see
  // it ourselves.
  Observed<FileStatus> file(const std::string& path, const Unseen& own);
  Observed<std::vector<std::string>> glob(const std::string& pattern, const Unseen& own);

 private:
  void open();
  void look();
  [[nodiscard]] bool stale() const;
  template <class T>
  Observed<T> answer(std::map<std::string, Observed<T>> parse::FileFacts::*kind,
                     const std::string& name, const Unseen& own);

  event::Loop& loop_;
  std::function<void()> changed_;
  std::string path_;
  std::optional<parse::FileFacts> facts_;
  std::unique_ptr<PathWatch> watch_;
  event::Source expiry_;
};
}  // namespace checklist::observe
