// SPDX-License-Identifier: MIT
// A YAML file of known keys: every error with its line and column. Values are typed as yaml.v2 does
// it, which exporters read the same file with. No value is quoted: it may be a secret.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "config/configuration.hpp"

namespace checklist::config {
class YamlFile {
 public:
  // `problems` must outlive it.
  YamlFile(std::string path, std::vector<Problem>& problems);

  // A value, and the JSON pointer to it. Must not be assigned to: YAML::Node would change the
  // document.
  struct Place {
    YAML::Node value;
    std::string pointer;
    YAML::Mark key;  // where its key is
  };

  using Take = std::function<void(const Place&)>;
  using Keys = std::vector<std::pair<std::string_view, Take>>;

  // Returns the document; null if it could not be read or parsed.
  [[nodiscard]] Place root() const { return {root_, "", {}}; }

  // Calls the function of each key that is present and not null. Refuses others.
  void read_map(const Place& map, const Keys& keys);
  // Calls `take` for each key, whatever its name.
  void read_any_map(const Place& map,
                    const std::function<void(const std::string& key, const Place&)>& take);

  // Each refuses a value of another type.
  std::optional<std::string> text(const Place& place);
  std::optional<bool> boolean(const Place& place);
  std::optional<std::int64_t> integer(const Place& place);
  std::optional<std::vector<Place>> list(const Place& place);

  void refuse(const Place& place, std::string message);

 private:
  void refuse(const YAML::Mark& mark, const std::string& pointer, std::string message);

  std::string path_;
  std::vector<Problem>& problems_;
  YAML::Node root_;
};
}  // namespace checklist::config
