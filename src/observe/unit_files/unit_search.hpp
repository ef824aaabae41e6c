// SPDX-License-Identifier: MIT
// What systemd would load for a unit by the files as they are now: which fragment comes first on
// the search path, and which drop-ins apply (systemd.unit(5)).
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
  // `changed` is called from the loop after something came, went or changed in a directory of the
  // search path or in a drop-in directory. `root` is "" in earnest.
  UnitSearch(event::Loop& loop, std::string root, std::function<void()> changed);

  // Whether that is another one than before.
  bool search_path(std::vector<std::string> directories);
  void look_again();

  [[nodiscard]] bool is_known() const { return !search_path_.empty(); }

  // A fragment of that unit in a directory that comes before the one of `loaded`; empty: none does,
  // or `loaded` lies in none of them.
  [[nodiscard]] std::string fragment_before(const std::string& unit,
                                            const std::string& loaded) const;
  // By file name, as it is that which counts once: their paths, empty for one that is masked.
  // `names` are all the unit's, the canonical one first.
  [[nodiscard]] std::map<std::string, std::string> drop_ins(
      const std::vector<std::string>& names) const;

 private:
  using Entries = std::map<std::string, std::string>;  // file name to path, empty: a mask

  struct Directory {
    std::unique_ptr<UnitDirectory> files;
    std::map<std::string, Entries> drop_ins{};  // by the directory's name: "x.service.d"
  };

  static void scan(Directory& directory);

  event::Loop& loop_;
  std::string root_;
  std::function<void()> changed_;
  std::vector<std::string> search_path_;
  std::vector<Directory> directories_;
};
}  // namespace checklist::observe
