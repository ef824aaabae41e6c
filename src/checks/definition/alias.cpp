// SPDX-License-Identifier: MIT
#include "checks/definition/alias.hpp"

#include "checks/view/command.hpp"
#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
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
}  // namespace checklist::checks
