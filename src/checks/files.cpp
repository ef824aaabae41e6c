// SPDX-License-Identifier: MIT
// The files the service needs exist, with the expected type, owner, mode and age; see
// docs/checks/files.md. Their contents are never read.
#include <algorithm>

#include "checklist/check.hpp"

#include "checks/definition/readable_file.hpp"
#include "checks/paths/named_files.hpp"
#include "checks/state/belief.hpp"
#include "checks/view/certificate.hpp"
#include "checks/view/command.hpp"
#include "semantics/files/account.hpp"
#include "semantics/files/file_rules.hpp"
#include "semantics/time/span.hpp"

namespace checklist::checks {
namespace {
using semantics::AccountName;
using semantics::FileMode;
using semantics::FileType;
using semantics::Match;
using semantics::mode_text;
using semantics::PathPattern;
using semantics::Span;

constexpr int most_links = 8;  // followed one by one if the observer could not resolve them
constexpr auto as_declared = "as declared";

struct Rules {
  std::optional<FileType> type;
  std::optional<FileMode> mode;
  std::optional<AccountName> owner;
  std::optional<AccountName> group;
  std::optional<Span> max_age;
  bool non_empty = false;
  bool readable = false;
  std::optional<CertificateDays> certificate_days;
};

constexpr std::tuple rule_fields{
    Field{"type", &Rules::type, "its type; without it, links are followed"},
    Field{"mode", &Rules::mode, "its permission bits, as chmod takes them: \"0640\""},
    Field{"owner", &Rules::owner, "its owner, by name or number"},
    Field{"group", &Rules::group, "its group, by name or number"},
    Field{"max_age", &Rules::max_age, "how long ago it may have been last modified"},
    Field{"non_empty", &Rules::non_empty, "whether an empty file is a failure"},
    Field{"readable", &Rules::readable, "whether the unit's processes must be able to read it"},
    Field{"certificate_days", &Rules::certificate_days, "days that its certificate must last"}};

struct Params {
  std::map<PathPattern, Rules> files;
};

constexpr MapField fields{&Params::files, rule_fields, "an absolute path or a glob(7) pattern"};

FileType type_of(const FileStatus& file) {
  return from_text<FileType>(file.type).value_or(FileType::file);  // "regular"
}

// Judges one file by its rules. All findings are about the path that the spec gives, also if it is
// a link.
class FileJudgement {
 public:
  FileJudgement(std::string path, const Rules& rules, View& see)
      : path_(std::move(path)), rules_(rules), see_(see) {}

  Findings take() {
    if (const FileStatus* file = judged_file()) {
      on_mode(*file);
      on_accounts(*file);
      on_content(*file);
      if (auto finding = rules_.readable ? unreadable(path_, see_) : std::nullopt) {
        findings_.push_back(std::move(*finding));
      }
      add_certificate_fault(findings_, path_, rules_.certificate_days, see_);
    }
    return believed(see_, looked_at_, std::move(findings_));
  }

 private:
  void fail(std::string reason, std::string expected, std::string observed, std::string hint) {
    findings_.push_back(checklist::fail({.subject = path_,
                                         .reason = std::move(reason),
                                         .expected = std::move(expected),
                                         .observed = std::move(observed),
                                         .hint = std::move(hint)}));
  }

  // Returns null if the status is unseen, which is then a finding.
  const FileStatus* status_of(const std::string& path) {
    const auto& file = see_[FileKey{path}];
    looked_at_.push_back(path);
    if (!file) {
      findings_.push_back(unknown(path_, as_declared, file.unseen()));
      return nullptr;
    }
    return &*file;
  }

  // Returns the file to which the rules apply, or null if there is none, which is then a finding.
  const FileStatus* judged_file() {
    const FileStatus* file = status_of(path_);
    if (file == nullptr) {
      return nullptr;
    }
    if (file->type == "missing") {
      fail("missing", "exists", "no such file or directory", "restore " + path_);
      return nullptr;
    }
    if (rules_.type) {
      return is_of_type(*file) ? file : nullptr;
    }
    for (int links = 0; file->type == "symlink"; ++links) {
      const bool is_over = file->target.empty() || links == most_links;
      file = is_over ? nullptr : status_of(file->target);
      if (file == nullptr && !findings_.empty()) {
        return nullptr;
      }
      if (file == nullptr || file->type == "missing") {
        fail("dangling", "link target exists", "dangling symbolic link",
             "restore the target of " + path_ + ", or correct the link");
        return nullptr;
      }
    }
    return file;
  }

  bool is_of_type(const FileStatus& file) {
    const FileType found = type_of(file);
    if (found == *rules_.type) {
      return true;
    }
    fail("type", std::string(text(*rules_.type)), std::string(text(found)),
         "replace " + path_ + " with a " + std::string(text(*rules_.type)));
    return false;
  }

  void on_mode(const FileStatus& file) {
    if (rules_.mode && rules_.mode->bits != file.mode) {
      const std::string wanted = mode_text(rules_.mode->bits);
      fail("mode", "mode " + wanted, "mode " + mode_text(file.mode),
           "run " + shell_command({"chmod", wanted, path_}));
    }
  }

  void on_accounts(const FileStatus& file) {
    if (!rules_.owner && !rules_.group) {
      return;
    }
    const auto& accounts = see_[AccountsKey{}];
    if (!accounts) {
      findings_.push_back(unknown(path_, "owner and group as declared", accounts.unseen()));
      return;
    }
    if (rules_.owner) {
      on_account("owner", *rules_.owner, semantics::is_user(*accounts, *rules_.owner, file.uid),
                 semantics::user_text(*accounts, file.uid), "chown");
    }
    if (rules_.group) {
      on_account("group", *rules_.group, semantics::is_group(*accounts, *rules_.group, file.gid),
                 semantics::group_text(*accounts, file.gid), "chgrp");
    }
  }

  void on_account(const std::string& role, const AccountName& wanted, Match match,
                  const std::string& found, const std::string& command) {
    const std::string expected = role + " " + wanted.name;
    if (match == Match::unclear) {
      findings_.push_back(unknown(
          path_, expected,
          {"no_account", "neither '" + wanted.name + "' nor " + found + " is in the account files",
           "give an account of /etc/passwd or /etc/group, or a number"}));
    } else if (match == Match::no) {
      fail(role, expected, role + " " + found,
           "run " + shell_command({command, wanted.name, path_}));
    }
  }

  void on_content(const FileStatus& file) {
    if (rules_.non_empty && file.size == 0) {
      fail("empty", "not empty", "empty", "check what should write " + path_);
    }
    if (rules_.max_age) {
      on_age(file);
    }
  }

  void on_age(const FileStatus& file) {
    const std::string limit = semantics::print_span(*rules_.max_age);
    const auto& epoch = see_[WallClockKey{}];
    if (!epoch) {
      findings_.push_back(unknown(path_, "modified within " + limit, epoch.unseen()));
    } else if (see_.passed(
                   semantics::after(TimePoint{file.modified - *epoch}, rules_.max_age->length))) {
      fail("old", "modified within " + limit, "not modified within " + limit,
           "check what should update " + path_);
    }
  }

  std::string path_;
  const Rules& rules_;
  View& see_;
  Findings findings_;
  std::vector<std::string> looked_at_;
};

Findings on_path(const std::string& path, const Rules& rules, View& see) {
  Findings out = FileJudgement(path, rules, see).take();
  return out.empty()
             ? Findings{pass({.subject = path, .expected = as_declared, .observed = as_declared})}
             : out;
}

// Returns the findings of all matching files; a single one if all pass.
Findings on_glob(const std::string& pattern, const Rules& rules, View& see) {
  constexpr auto matching = "matching files as declared";
  const auto& found = see[GlobKey{pattern}];
  if (!found) {
    return {unknown(pattern, matching, found.unseen())};
  }
  Findings out;
  for (const std::string& path : *found) {
    std::ranges::move(FileJudgement(path, rules, see).take(), std::back_inserter(out));
  }
  if (found->empty()) {
    return believed(see, {pattern},
                    {fail({.subject = pattern,
                           .reason = "missing",
                           .expected = "at least one matching file",
                           .observed = "no matching file",
                           .hint = "restore the files that match " + pattern})});
  }
  return out.empty()
             ? Findings{pass({.subject = pattern, .expected = matching, .observed = matching})}
             : out;
}

Findings evaluate(const Params& want, View& see) {
  Findings out;
  for (const auto& [pattern, rules] : want.files) {
    std::ranges::move(semantics::is_glob(pattern.text) ? on_glob(pattern.text, rules, see)
                                                       : on_path(pattern.text, rules, see),
                      std::back_inserter(out));
  }
  return out;
}

std::optional<AccountName> account(const std::optional<std::string>& name) {
  return name ? std::optional(AccountName{*name}) : std::nullopt;
}

Params capture(View& see) {
  Params out;
  const auto& accounts = see[AccountsKey{}];
  for (const std::string& path : named_files(see)) {
    const auto& file = see[FileKey{path}];
    if (!file || file->type == "missing") {
      continue;
    }
    Rules& rules = out.files[{path}];
    if (file->type == "symlink") {
      continue;  // only that its target exists
    }
    rules.type = type_of(*file);
    rules.mode = FileMode{file->mode};
    rules.non_empty = rules.type == FileType::file && file->size > 0;
    if (accounts) {
      rules.owner = account(semantics::name_of_user(*accounts, file->uid));
      rules.group = account(semantics::name_of_group(*accounts, file->gid));
    }
  }
  return out;
}
}  // namespace

extern const CheckDef files;
const CheckDef files = check<Params, fields, evaluate, capture>(
    "the files it needs exist, with the expected owner, mode and age", RunsWhen::when_configured);
}  // namespace checklist::checks
