// SPDX-License-Identifier: MIT
// Facts about files that only root can access, as written by checklistd-files.service. Used only if
// the file is owned by root and writable by root alone, and for three minutes after it was written.
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

// Returns whether root could see what is unseen for this reason.
bool root_could_see(const Unseen& why);

class RootFacts {
 public:
  // `changed` is called when previous results may have changed. The file is read on first use.
  RootFacts(event::Loop& loop, std::function<void()> changed, std::string path = root_facts_path);

  // Return the fact from the file; otherwise Unseen with a remedy. `own` is the reason for which
  // the daemon itself cannot see it.
  Observed<FileStatus> file(const std::string& path, const Unseen& own);
  Observed<std::vector<std::string>> glob(const std::string& pattern, const Unseen& own);

 private:
  void open();
  void read();
  [[nodiscard]] bool stale() const;
  template <class T>
  Observed<T> lookup(std::map<std::string, Observed<T>> parse::FileFacts::*kind,
                     const std::string& name, const Unseen& own);

  event::Loop& loop_;
  std::function<void()> changed_;
  std::string path_;
  std::optional<parse::FileFacts> facts_;
  std::unique_ptr<event::PathWatch> watch_;
  event::Source expiry_;
};
}  // namespace checklist::observe
