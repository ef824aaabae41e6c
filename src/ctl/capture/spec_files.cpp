// SPDX-License-Identifier: MIT
#include "ctl/capture/spec_files.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <system_error>

#include <CLI/CLI.hpp>
#include <pwd.h>
#include <unistd.h>

#include "ctl/capture/as_user.hpp"
#include "ctl/locations.hpp"
#include "ctl/records.hpp"
#include "render/label.hpp"
#include "store/record_file.hpp"

namespace checklist::ctl {
namespace {
constexpr auto prefix = "checklistctl: ";

// Returns whether the file has to be written; prints why it cannot be.
enum class Change { none, write, refused };

Change change_of(const store::RecordFile& file, const SpecFileText& wanted, bool force) {
  const store::RecordFile::Content found = file.read();
  if (found.text == wanted.text) {
    return Change::none;
  }
  if (force || (!found.text && found.error.empty())) {
    return Change::write;
  }
  std::cerr << prefix
            << (found.text ? file.path() + " exists and differs; --force replaces it" : found.error)
            << "\n";
  return Change::refused;
}
}  // namespace

void add_capture_options(CLI::App& command, CaptureOptions& options) {
  command.add_flag("--all", options.all,
                   "Every enabled or running service, timer, socket and path, except the "
                   "distribution's own plumbing");
  add_user_option(command, options);
  command.add_flag_callback(
      "--no-probes", [&options] { options.probes = false; },
      "Do not connect to the units to find a health probe");
  command
      .add_option("--catalogue-dir", options.catalogue,
                  "Read the catalogue from DIR instead of the usual directories; repeatable")
      ->type_name("DIR");
}

void add_user_option(CLI::App& command, CaptureOptions& options) {
  command.add_flag("--user")
      ->description("Units of the caller's own service manager; for root: of that of the user NAME")
      ->option_text("[=NAME]")
      ->type_name("USER")
      ->each([&options](const std::string& value) {  // "true" without a name
        options.user = true;
        options.of_user = value == "true" ? "" : value;
      });
}

Exit refuse_user(const CaptureOptions& options) {
  if (!options.of_user.empty()) {
    const std::string obstacle = obstacle_to_capture_as(options.of_user);
    std::cerr << (obstacle.empty() ? ""
                                   : prefix + ("--user=" + render::printable(options.of_user)) +
                                         ": " + obstacle + "\n");
    return obstacle.empty() ? Exit::pass : Exit::usage;
  }
  const bool names_user = options.user && ::geteuid() == 0 && !options.units.empty() &&
                          ::getpwnam(options.units.front().c_str()) != nullptr;
  if (names_user) {
    std::cerr << prefix << "for units of the user " << options.units.front()
              << ", write --user=" << options.units.front() << "\n";
  }
  return names_user ? Exit::usage : Exit::pass;
}

Exit refuse(const Captures& captures) {
  for (const std::string& problem : captures.problems) {
    std::cerr << prefix << "catalogue: " << render::printable(problem) << "\n";
  }
  if (!captures.complete) {
    std::cerr << prefix << "no response from the service manager\n";
    return Exit::unknown;
  }
  for (const MissingUnit& each : captures.missing) {
    std::cerr << prefix << "no unit '" << render::printable(each.unit) << "'";
    for (const std::string& name : each.perhaps) {
      std::cerr << (&name == each.perhaps.data() ? ": perhaps " : ", ") << name;
    }
    std::cerr << "\n";
  }
  return captures.missing.empty() ? Exit::pass : Exit::usage;
}

void print_notes(const Captures& captures) {
  std::map<std::string, std::string> left_out;  // by reason
  for (const capture::LeftOut& each : captures.left_out) {
    std::string& units = left_out[each.why];
    units += (units.empty() ? "" : ", ") + render::printable(each.unit);
  }
  for (const auto& [why, units] : left_out) {
    std::cerr << prefix << "left out (" << render::printable(why) << "): " << units << "\n";
  }
  for (const CapturedSpec& each : captures.specs) {
    for (const std::string& note : each.notes) {
      std::cerr << prefix << render::printable(each.unit) << ": " << render::printable(note)
                << "\n";
    }
  }
}

config::Locations spec_locations(const CaptureOptions& options,
                                 const std::vector<std::string>& directories) {
  config::Locations out = locations({.directories = directories, .file = {}, .user = options.user});
  const passwd* of = options.of_user.empty() ? nullptr : ::getpwnam(options.of_user.c_str());
  if (of != nullptr) {
    out = config::user_locations(of->pw_name, of->pw_dir);
    out.use_directories(directories);
  }
  out.directories_required = false;
  return out;
}

std::string written_directory(const CaptureOptions& options, const config::Locations& locations) {
  return options.of_user.empty() || locations.user_directories.empty()
             ? locations.directories.back()
             : locations.user_directories.back();
}

std::string present_file(const config::Loaded& present, const CapturedSpec& unit) {
  const auto& all = present.configuration.services;
  const auto found = std::ranges::find_if(all, [&unit](const config::Service& service) {
    return service.spec.unit == unit.unit ||
           std::ranges::find(unit.names, service.spec.unit) != unit.names.end();
  });
  return found != all.end() ? found->spec.file : "";
}

Exit write_spec_files(const std::string& directory, const std::vector<SpecFileText>& files,
                      bool force) {
  std::vector<const SpecFileText*> to_write;
  bool refused = false;
  for (const SpecFileText& file : files) {
    const Change change = change_of({directory, file.name}, file, force);
    refused |= change == Change::refused;
    if (change == Change::write) {
      to_write.push_back(&file);
    }
  }
  if (refused) {
    return Exit::usage;
  }
  try {
    std::filesystem::create_directories(std::filesystem::path(directory).parent_path());
    for (const SpecFileText* file : to_write) {
      store::RecordFile(directory, file->name).write(file->text);
      std::cout << "wrote " << directory << "/" << file->name << "\n";
    }
  } catch (const std::system_error& error) {
    print_write_error(error, false);
    return Exit::usage;
  }
  if (to_write.empty()) {
    std::cout << "nothing to write: " << (files.size() == 1 ? "the file has" : "all files have")
              << " this content\n";
  }
  return Exit::pass;
}
}  // namespace checklist::ctl
