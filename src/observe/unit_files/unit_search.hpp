// SPDX-License-Identifier: MIT
// Finds the files that systemd would load for a unit now: the fragment that comes first on the
// search path, and the drop-ins that apply (systemd.unit(5)).
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "observe/unit_files/unit_directory.hpp"

namespace checklist::observe {
class UnitSearch {
 public:
  // `root` is prepended to every path; empty outside tests. `changed` is called from the loop after
  // a change in a directory of the search path or in a drop-in directory.
  UnitSearch(event::Loop& loop, std::string root, std::function<void()> changed);

  // Sets the search path. Returns whether it differs from the previous one.
  bool search_path(std::vector<std::string> directories);
  void look_again();

  // Returns whether the search path is set, and every directory of it was read.
  [[nodiscard]] bool is_known() const;

  // Returns a fragment of the unit in a directory that precedes the one of `loaded`; empty if there
  // is none, or if `loaded` is not on the search path.
  [[nodiscard]] std::string fragment_before(const std::string& unit,
                                            const std::string& loaded) const;
  // Returns the paths of drop-ins by file name, because each file name applies once; the path is
  // empty if the drop-in is masked. `names` are all names of the unit, the canonical one first.
  [[nodiscard]] std::map<std::string, std::string> drop_ins(
      const std::vector<std::string>& names) const;

 private:
  using Entries = std::map<std::string, std::string>;  // file name to path; empty: masked

  struct Directory {
    std::unique_ptr<UnitDirectory> files;
    std::map<std::string, Entries> drop_ins{};  // by directory name: "x.service.d"
    bool is_read = false;
  };

  static void scan(Directory& directory);
  static std::map<std::string, Entries> drop_ins_in(UnitDirectory& files);

  event::Loop& loop_;
  std::string root_;
  std::function<void()> changed_;
  std::vector<std::string> search_path_;
  std::vector<Directory> directories_;
};
}  // namespace checklist::observe
