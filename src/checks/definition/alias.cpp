// SPDX-License-Identifier: MIT
#include "checks/definition/alias.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "checks/boot/unit_on_disk.hpp"
#include "checks/view/command.hpp"
#include "checks/view/fact_reader.hpp"
#include "semantics/unit/unit_files.hpp"

namespace checklist::checks {
namespace {
std::string base_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

// Returns whether a generator, or `systemctl enable --runtime`, made a link of that name.
bool is_in_run(FactReader& look, const std::string& name) {
  const Host* host = look.at(HostKey{});
  const auto directories = host != nullptr ? host->unit_path : std::vector<std::string>();
  return std::ranges::any_of(directories, [&](const std::string& directory) {
    const FileStatus* file =
        directory.starts_with("/run/") ? look.at(FileKey{directory + "/" + name}) : nullptr;
    return file != nullptr && file->type != "missing";
  });
}

// Returns a failure if the link of that name leads to another unit, or is gone.
std::optional<Finding> lost_name(FactReader& look, const std::string& name, const std::string& id,
                                 const std::string& fragment) {
  const View& see = look.view();
  UnitOnDisk link = unit_on_disk(look, name);
  const std::string generic = semantics::template_of(name);
  if (link.path.empty() && !generic.empty()) {
    link = unit_on_disk(look, generic);
  }
  if (link.path.empty() && is_in_run(look, name)) {
    return std::nullopt;
  }
  const FileStatus* file = look.at(FileKey{fragment});
  if (file == nullptr || look.gap()) {
    return std::nullopt;
  }
  const std::string target = file->type == "symlink" ? file->target : fragment;
  const bool is_ours = link.target == target || link.target == fragment ||
                       base_name(link.target) == base_name(fragment);
  if (is_ours && link.is_there) {
    return std::nullopt;
  }
  const bool is_gone = !link.is_there;
  return fail({.subject = "alias " + name,
               .reason = is_gone ? "alias_missing" : "alias_moved",
               .expected = "alias of " + id,
               .observed = is_gone ? "link is missing: the alias is lost at the next reload"
                                   : link.path + " leads to " + link.target,
               .hint = "make " + name + " a link to the unit file of " + id + ", or run " +
                       daemon_reload(see) + " if it is meant to change"});
}
}  // namespace

Finding alias_finding(const std::string& name, const std::string& id, View& see) {
  const std::string subject = "alias " + name;
  const std::string expected = "alias of " + id;
  const std::string link = "make " + name + " a link to the unit file of " + id;
  const auto failed = [&](std::string reason, std::string observed, std::string hint) {
    return fail({.subject = subject,
                 .reason = std::move(reason),
                 .expected = expected,
                 .observed = std::move(observed),
                 .hint = std::move(hint)});
  };
  FactReader look(see);
  const Unit* other = look.at(UnitKey{name});
  const std::string* file = look.at(EnablementKey{name});
  if (look.gap()) {
    return unknown(subject, expected, *look.gap());
  }
  const bool is_alias = other->id == id;
  if (!is_alias && (other->load == LoadState::not_found || other->load == LoadState::masked)) {
    return failed("alias_missing", std::string(text(other->load)),
                  link + ", then run " + daemon_reload(see));
  }
  const bool is_own_file = *file != "not-found" && *file != "alias" && !file->starts_with("linked");
  if (!is_alias || (name != id && is_own_file)) {
    return failed("alias_separate",
                  is_alias ? "a separate unit after the next reload" : "a separate unit",
                  "run " + systemctl(see, "disable --now", name) + " and " + link + ", then run " +
                      daemon_reload(see));
  }
  return name != id && *file == "not-found"
             ? failed("alias_missing", "link is missing: the alias is lost at the next reload",
                      link)
             : pass({.subject = subject, .expected = expected, .observed = expected});
}

Findings lost_names(const std::vector<std::string>& judged, const std::string& id, View& see) {
  FactReader look(see);
  const std::string fragment = look.text(see.unit(), "FragmentPath");
  const auto names = look.list(see.unit(), "Names");
  Findings out;
  if (!semantics::outlasts_reboot(fragment) || semantics::is_generated(fragment)) {
    return out;
  }
  for (const std::string& name : names) {
    if (name == id || fragment.empty() || std::ranges::find(judged, name) != judged.end()) {
      continue;
    }
    FactReader file(see);
    auto lost = lost_name(file, name, id, fragment);
    if (file.gap()) {
      out.push_back(unknown("alias " + name, "alias of " + id, *file.gap()));
    } else if (lost) {
      out.push_back(std::move(*lost));
    }
  }
  return out;
}
}  // namespace checklist::checks
