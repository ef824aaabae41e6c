// SPDX-License-Identifier: MIT
// checklistctl watch: shows what does not pass, and follows the daemon until it is interrupted.
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <poll.h>
#include <unistd.h>

#include "ctl/command.hpp"
#include "ctl/link/daemon_report.hpp"
#include "ctl/link/report_follower.hpp"
#include "ctl/output.hpp"
#include "ctl/terminal/screen.hpp"
#include "ctl/terminal/signals.hpp"
#include "ctl/terminal/terminal.hpp"
#include "ctl/units.hpp"
#include "render/label.hpp"
#include "render/summary.hpp"
#include "render/watch_lines.hpp"

namespace checklist::ctl {
namespace {
struct Options : DaemonOptions {
  std::vector<std::string> units;
};

enum class Next { go_on, end };

// Returns the part of the report that the arguments select. A unit may lose its spec meanwhile.
Report shown_part(const Report& whole, const std::vector<std::string>& units,
                  const std::string& manager) {
  Report out = whole;
  keep(out, units, manager);
  if (!units.empty() && out.changes) {
    auto changes = *out.changes;
    std::erase_if(changes, [&units](const Change& each) {
      return std::ranges::find(units, each.unit) == units.end();
    });
    out.changes = std::make_shared<const std::vector<Change>>(std::move(changes));
  }
  return out;
}

class Watch {
 public:
  Watch(ReportFollower& follower, std::vector<std::string> units, std::string manager)
      : follower_(follower), units_(std::move(units)), manager_(std::move(manager)) {}

  void run() {
    const std::array descriptors{signals_.fd(), STDIN_FILENO};
    const bool keys = isatty(STDIN_FILENO) == 1;
    draw();
    for (;;) {
      if (follower_.wait(std::span(descriptors).first(keys ? 2 : 1))) {
        draw();
      } else if (on_signal(signals_.next()) == Next::end || (keys && on_key() == Next::end)) {
        return;
      }
    }
  }

 private:
  void draw() {
    const Size size = terminal_size().value_or(Size{.columns = 80, .rows = 24});
    const std::string note =
        follower_.error().empty()
            ? std::string()
            : "No connection to checklistd, trying again: " + follower_.error();
    screen_.show(render::watch_lines(shown_part(*follower_.report(), units_, manager_), note,
                                     terminal(), size.rows));
  }

  Next on_signal(int signal) {
    switch (signal) {
      case 0:
        return Next::go_on;
      case SIGWINCH:
        break;
      case SIGTSTP:
        screen_.leave();
        ::raise(SIGSTOP);
        return Next::go_on;
      case SIGCONT:
        screen_.enter();
        break;
      default:
        return Next::end;
    }
    screen_.forget();
    draw();
    return Next::go_on;
  }

  static Next on_key() {
    char key = 0;
    pollfd readable{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    if (::poll(&readable, 1, 0) <= 0) {
      return Next::go_on;
    }
    return ::read(STDIN_FILENO, &key, 1) != 1 || key == 'q' ? Next::end : Next::go_on;
  }

  ReportFollower& follower_;
  std::vector<std::string> units_;
  std::string manager_;
  Signals signals_{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT};
  Screen screen_;
};

// Without a terminal: the table once, then a line for each change.
void print_changes(ReportFollower& follower, const std::vector<std::string>& units,
                   const std::string& manager) {
  const Report first = shown_part(*follower.report(), units, manager);
  std::cout << render::table(first, first, terminal()) << std::flush;
  WallTime printed = first.made;
  for (;;) {
    follower.wait({});
    if (!follower.error().empty()) {
      std::cerr << "checklistctl: no connection to checklistd, trying again: "
                << render::printable(follower.error()) << "\n";
    }
    const Report report = shown_part(*follower.report(), units, manager);
    for (auto each = report.changes->rbegin(); each != report.changes->rend(); ++each) {
      if (each->at > printed) {
        std::cout << render::change_line(*each) << std::endl;
      }
    }
    printed = report.made;
  }
}

Exit run(const Options& options) {
  ReportFollower follower(socket_of(options));
  follower.wait({});
  if (!follower.report()) {
    return refuse(Format::table, {unreachable(options, follower.error())}, Exit::unreachable);
  }
  const std::string manager = own_manager(options.user);
  Selection selection = select_units(options.units, names_of_units(*follower.report(), manager));
  if (!selection.errors.empty()) {
    return refuse(Format::table, selection.errors, Exit::usage);
  }
  const char* kind = std::getenv("TERM");
  if (terminal_size() && kind != nullptr && std::string_view(kind) != "dumb") {
    Watch(follower, std::move(selection.units), manager).run();
  } else {
    print_changes(follower, selection.units, manager);
  }
  return Exit::pass;
}
}  // namespace

void add_watch(CLI::App& app, Exit& exit) {
  auto* command = app.add_subcommand("watch", "Show what does not pass, and follow changes");
  auto options = std::make_shared<Options>();
  add_units(*command, options->units);
  add_daemon_options(*command, *options);
  command->footer(
      "q or Ctrl-C ends it. If standard output is not a terminal, it prints a line for each "
      "change.\n\n"
      "Examples:\n"
      "  checklistctl watch\n"
      "  checklistctl watch 'ollama*'\n"
      "  checklistctl watch | grep --line-buffered fail");
  command->callback([options, &exit] { exit = run(*options); });
}
}  // namespace checklist::ctl
