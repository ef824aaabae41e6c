// SPDX-License-Identifier: MIT
#include "files_helper/wanted.hpp"

#include <algorithm>
#include <filesystem>

#include "config/files.hpp"
#include "config/json.hpp"
#include "files_helper/needed_paths.hpp"
#include "files_helper/trust.hpp"
#include "semantics/files/file_rules.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::files {
namespace {
namespace fs = std::filesystem;
constexpr std::size_t most_links = 8;
constexpr std::string_view unix_socket = "unix:";

// Returns the member of that type; null if there is none, or no object.
template <class T>
const T* member(const Dict* object, const std::string& key) {
  const auto at = object != nullptr ? object->find(key) : Dict::const_iterator{};
  return object != nullptr && at != object->end() ? at->second.get<T>() : nullptr;
}

class Reader {
 public:
  void read(const std::vector<std::string>& sources) {
    std::vector<std::string> directories;
    for (const std::string& source : sources) {
      std::error_code error;
      if (!std::filesystem::exists(source, error) || !is_believed(source)) {
        continue;
      }
      if (std::filesystem::is_directory(source, error)) {
        directories.push_back(source);
      } else {
        read_file(source, "defaults");
      }
    }
    const config::SpecFiles specs = config::spec_files(directories, problems_);
    for (const config::SpecFile& spec : specs.files) {
      if (is_believed(spec.path)) {
        read_file(spec.path, "checks");
      }
    }
  }

  Wanted take() {
    for (const config::Problem& problem : problems_) {
      out_.notes.push_back(config::text(problem));
    }
    return std::move(out_);
  }

 private:
  bool is_believed(const std::string& path) {
    const bool believed = is_roots(path);
    if (!believed) {
      out_.notes.push_back(path + ": ignored: users other than root can write it");
    }
    return believed;
  }

  // `key`: under which the parameters of checks are.
  void read_file(const std::string& path, const std::string& key) {
    const auto text = config::read_file(path, problems_);
    const config::Json json = text ? config::parse_json(*text) : config::Json{};
    const Dict* object = json.value ? json.value->get<Dict>() : nullptr;
    add_unit(object);
    const Dict* checks = member<Dict>(object, key);
    if (const Dict* files = member<Dict>(checks, "files")) {
      for (const auto& [pattern, rules] : *files) {
        add_pattern(pattern);
      }
    }
    const auto* listen = member<Values>(member<Dict>(checks, "port_bindings"), "listen");
    for (const std::string& address :
         listen != nullptr ? texts(*listen) : std::vector<std::string>{}) {
      if (address.starts_with(unix_socket)) {
        add_pattern(address.substr(unix_socket.size()));
      }
    }
  }

  void add_pattern(const std::string& pattern) {
    if (semantics::is_plain_path(pattern)) {
      out_.patterns.insert(pattern);
    }
  }

  // A unit of a user's manager is looked at by that user's instance.
  void add_unit(const Dict* spec) {
    const auto at = spec != nullptr ? spec->find("unit") : Dict::const_iterator{};
    const auto* unit =
        spec != nullptr && at != spec->end() ? at->second.get<std::string>() : nullptr;
    if (unit != nullptr && !spec->contains("user") && !semantics::name_error(*unit)) {
      out_.units.merge(names_of_unit(*unit, unit_search_path()));
      add_config_test(*unit, member<Dict>(member<Dict>(spec, "checks"), "unit_definition"));
    }
  }

  void add_config_test(const std::string& unit, const Dict* arguments) {
    const auto at = arguments != nullptr ? arguments->find("config_test") : Dict::const_iterator{};
    if (arguments == nullptr || at == arguments->end()) {
      return;
    }
    ConfigErrors ignored;
    if (auto command = read_value<semantics::TestCommand>(at->second, "", ignored)) {
      out_.config_tests.insert_or_assign(unit, std::move(*command));
    }
  }

  std::vector<config::Problem> problems_;
  Wanted out_;
};
}  // namespace

std::set<std::string> names_of_unit(const std::string& name,
                                    const std::vector<std::string>& directories) {
  std::set<std::string> out{name};
  for (const std::string& directory : directories) {
    std::string next = name;
    for (std::size_t links = 0; links < most_links && !next.empty(); ++links) {
      std::error_code error;  // not a link
      next = fs::read_symlink(fs::path(directory) / next, error).filename().string();
      if (!next.empty() && !semantics::name_error(next)) {
        out.insert(next);
      }
    }
  }
  return out;
}

Wanted wanted(const std::vector<std::string>& sources) {
  Reader reader;
  reader.read(sources);
  return reader.take();
}
}  // namespace checklist::files
