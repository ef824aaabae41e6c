// SPDX-License-Identifier: MIT
#include "checks/start/extensions.hpp"

#include "checks/definition/start_context.hpp"

namespace checklist::checks {
namespace {
using Fields = std::map<std::string, std::string>;

#if defined(__x86_64__)
constexpr auto architecture = "x86-64";
#elif defined(__aarch64__)
constexpr auto architecture = "arm64";
#else
constexpr auto architecture = "";  // not known
#endif

std::string field(const Fields& fields, const std::string& name) {
  const auto at = fields.find(name);
  return at != fields.end() ? at->second : std::string();
}

// Returns what of the extension is not for that host; empty if all is. As
// extension_release_validate() of systemd's src/shared/extension-release.c.
std::string mismatch(const Fields& host, const Fields& extension) {
  const std::string machine = field(extension, "ARCHITECTURE");
  const std::string id = field(extension, "ID");
  if (!machine.empty() && machine != "_any" && machine != architecture) {
    return "ARCHITECTURE=" + machine;
  }
  if (id == "_any") {
    return {};
  }
  if (id.empty() || id != field(host, "ID")) {
    return "ID=" + id;
  }
  const std::string version = field(host, "VERSION_ID");
  const std::string level = field(host, "SYSEXT_LEVEL");
  const std::string wanted = field(extension, "SYSEXT_LEVEL");
  if (!level.empty() && !wanted.empty()) {
    return level == wanted ? "" : "SYSEXT_LEVEL=" + wanted;
  }
  return version.empty() || version == field(extension, "VERSION_ID")
             ? ""
             : "VERSION_ID=" + field(extension, "VERSION_ID");
}

class ExtensionJudgement {
 public:
  // `may_miss`: with "-", a directory without the file is ignored, but no other.
  ExtensionJudgement(std::string directory, bool may_miss, View& see)
      : directory_(std::move(directory)), may_miss_(may_miss), look_(see) {}

  std::optional<Finding> take() {
    const auto obstacle = on_directory();
    const std::string expected = "is an extension for this host, for ExtensionDirectories=";
    if (look_.gap()) {
      return unknown(directory_, expected, *look_.gap());
    }
    return obstacle ? std::optional(start_finding(directory_, expected, *obstacle)) : std::nullopt;
  }

 private:
  [[nodiscard]] Obstacle refused(const std::string& why, const std::string& hint) const {
    return {"not_for_host", directory_ + " " + why + ": the next start fails",
            hint + ", or correct ExtensionDirectories= in the unit file"};
  }

  std::optional<Obstacle> on_directory() {
    const Node node = node_on_host(directory_, look_);
    if (look_.gap() || node.type == NodeType::missing) {
      return std::nullopt;
    }
    if (node.type != NodeType::directory) {
      return refused("is not a directory", "move it away");
    }
    const std::string name = directory_.substr(directory_.find_last_of('/') + 1);
    const std::string prefix = directory_ + "/usr/lib/extension-release.d/extension-release.";
    const std::string own = prefix + name;
    const ReleaseFile* file = look_.at(ReleaseFileKey{own});
    if (file != nullptr && !file->exists) {
      file = of_any_name(prefix);
    }
    const Fields* host = host_fields();
    if (look_.gap()) {
      return std::nullopt;
    }
    if (file == nullptr && may_miss_) {
      return std::nullopt;
    }
    if (file == nullptr) {
      return refused("has no " + own.substr(directory_.size() + 1), "add that file");
    }
    const std::string wrong = mismatch(*host, file->fields);
    return wrong.empty()
               ? std::nullopt
               : std::optional(refused("is for another host: its extension-release has " + wrong,
                                       "install the extension for this host"));
  }

  // Another name counts if the file says so, and is the only one that does.
  const ReleaseFile* of_any_name(const std::string& prefix) {
    const auto* paths = look_.at(GlobKey{prefix + '*'});
    const ReleaseFile* out = nullptr;
    int count = 0;
    for (const std::string& path : paths != nullptr ? *paths : std::vector<std::string>()) {
      const ReleaseFile* file = look_.at(ReleaseFileKey{path});
      if (file != nullptr && file->exists && file->is_for_any_name) {
        out = file;
        ++count;
      }
    }
    return count == 1 ? out : nullptr;
  }

  const Fields* host_fields() {
    const ReleaseFile* file = look_.at(ReleaseFileKey{"/etc/os-release"});
    if (file != nullptr && !file->exists) {
      file = look_.at(ReleaseFileKey{"/usr/lib/os-release"});
    }
    return file != nullptr ? &file->fields : nullptr;
  }

  std::string directory_;
  bool may_miss_;
  FactReader look_;
};
}  // namespace

Findings unusable_extensions(View& see) {
  FactReader look(see);
  Findings out;
  for (std::string each : look.list(see.unit(), "ExtensionDirectories")) {
    const bool may_miss = each.starts_with('-');
    each.erase(0, may_miss ? 1 : 0);
    while (each.size() > 1 && each.ends_with('/')) {
      each.pop_back();
    }
    if (auto finding = ExtensionJudgement(each, may_miss, see).take()) {
      out.push_back(std::move(*finding));
    }
  }
  return out;
}
}  // namespace checklist::checks
