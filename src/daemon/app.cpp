// SPDX-License-Identifier: MIT
#include "daemon/app.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <system_error>

#include "daemon/change_log.hpp"
#include "daemon/log.hpp"
#include "daemon/process.hpp"
#include "event/notify.hpp"
#include "generated/version.hpp"
#include "observe/journal/this_boot.hpp"
#include "render/summary.hpp"

namespace checklist::daemon {
namespace {
using namespace std::chrono_literals;
// Until READY=1 is sent regardless. After a restart in the same boot each check keeps its status
// until it is evaluated.
constexpr Duration longest_start = 5s;
constexpr Duration longest_restart = 750ms;
constexpr Duration longest_unsaved = 100ms;  // of message counts while no status changes
constexpr Duration between_syncs = 10s;
constexpr auto default_address = "127.0.0.1:10558";

WallTime wall_now() {
  return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

std::string manager_of(const Options& options) {
  return options.user ? "user:" + options.locations.user : "system";
}
}  // namespace

bool usable(const config::Loaded& loaded) {
  for (const config::Problem& problem : loaded.problems) {
    log(Level::error, config::text(problem));
  }
  return loaded.problems.empty();
}

App::App(const Options& options, config::Configuration configuration, const config::WebConfig& web)
    : options_(options),
      state_file_(options.paths.state_file()),
      state_sync_(options.paths.state_file()),
      forgotten_file_(options.paths.records),
      boot_id_(observe::this_boot().id),
      specs_(spec_names(configuration)),
      loaded_(configuration.services.size() + configuration.of_users.size()),
      config_loaded_(wall_now()),
      selection_{configuration.limits, configuration.metrics},
      engine_(loop_, options.user ? bus::Scope::user : bus::Scope::system, manager_of(options),
              std::move(configuration), [this](const Report& report) { on_report(report); }),
      web_(
          loop_, [this] { return figures(); },
          [] { return render::About{.host = host_name(), .version = CHECKLIST_VERSION}; }),
      forgotten_changed_(loop_, forgotten_file_.path(),
                         [this] {
                           reload_forgotten();
                           save();
                         }),
      operator_records_(loop_, options.paths, boot_id_, engine_),
      sighup_(loop_.on_signal(SIGHUP, [this] { reload(); })),
      sigterm_(loop_.on_signal(SIGTERM, [this] { loop_.exit(0); })),
      sigint_(loop_.on_signal(SIGINT, [this] { loop_.exit(0); })),
      ready_deadline_(loop_.timer([this] { become_ready(); })),
      save_soon_(loop_.timer([this] { save(); })),
      sync_soon_(loop_.timer([this] { sync(); })) {
  if (options.user) {
    sender_.emplace(loop_);
  }
  web_.protector().begin(web);
  restore();
  listen();
  select(selection_);
}

void App::listen() {
  std::size_t passed = 0;
  for (const event::PassedSocket& socket : event::passed_sockets()) {
    if (socket.name == "http") {
      web_.server().adopt(socket.fd);
      ++passed;
    } else if (socket.name == "publish") {
      receiver_.emplace(loop_, event::Fd(socket.fd),
                        [this](const std::string& user, ReportReceiver::Published report) {
                          engine_.merge(user, std::move(report.services),
                                        std::move(report.failed_units));
                        });
    }
  }
  std::vector<std::string> addresses = options_.listen;
  if (addresses.empty() && passed == 0) {
    std::error_code ignored;
    std::filesystem::create_directories(options_.paths.runtime, ignored);
    addresses.push_back("unix:" + options_.paths.socket());
    if (!options_.user) {
      addresses.emplace_back(default_address);
    }
  }
  for (const std::string& text : addresses) {
    const auto address = http::parse_endpoint(text);
    if (!address) {
      throw std::system_error(std::make_error_code(std::errc::invalid_argument),
                              "--web.listen-address: '" + text + "'");
    }
    log(Level::info, "listening on " + http::to_text(web_.server().listen(*address)));
  }
}

void App::restore() {
  std::error_code ignored;
  std::filesystem::create_directories(options_.paths.state, ignored);
  const store::Restored restored = state_file_.read();
  if (!restored.set_aside.empty()) {
    log(Level::warning, "state file is invalid, moved it aside to " + restored.set_aside);
  }
  const bool is_restart = restored.state.boot_id == boot_id_ && !restored.state.checks.empty();
  ready_deadline_.arm_at(loop_.now() + (is_restart ? longest_restart : longest_start));
  engine_.resume(restored.state.checks, restored.state.changes);
  specs_.resume(restored.state.specs, restored.state.forgotten);
  reload_forgotten();
  engine_.restore_records(restored.state);
  engine_.restore_messages(restored.state.journal,
                           [this] { save_soon_.arm_at(loop_.now() + longest_unsaved); });
  engine_.begin_records();
  if (!restored.state.changes.empty()) {
    logged_ = restored.state.changes.front();
  }
}

int App::run() {
  const event::Watchdog watchdog(loop_);
  const int code = loop_.run();
  event::notify_stopping();
  save();
  log(Level::info, "stopped");
  return code;
}

void App::reload() {
  const event::Reloading reloading;
  config::Loaded loaded = config::load(options_.locations);
  config_ok_ = usable(loaded);
  if (!config_ok_) {
    log(Level::error, "configuration is invalid, keeping the previous one");
    event::notify_status("configuration is invalid, using the previous one: " +
                         config::text(loaded.problems.front()));
    return;
  }
  web_.protector().reload(options_.web_file.value_or(loaded.configuration.web_file));
  loaded_ = loaded.configuration.services.size() + loaded.configuration.of_users.size();
  specs_.replace(spec_names(loaded.configuration));
  config_loaded_ = wall_now();
  select({loaded.configuration.limits, loaded.configuration.metrics});
  engine_.reconfigure(std::move(loaded.configuration));
  reload_forgotten();
  log(Level::info,
      "configuration reloaded: " + std::to_string(loaded_) + (loaded_ == 1 ? " spec" : " specs"));
}

// Rereads the record of `checklistctl forget` and passes the known specs to the engine.
void App::reload_forgotten() {
  const auto content = forgotten_file_.read();
  if (content.error.empty()) {
    specs_.forget(content.records);
  } else {
    log(Level::warning, "cannot read forgotten specs, ignoring them: " + content.error);
  }
  engine_.know_specs(specs_.known());
  saved_.reset();
}

void App::on_report(const Report& report) {
  log_changes(report);
  save();  // before the report is published
  web_.publish(engine_.report());
  if (sender_) {
    sender_->send(report);
  }
  if (config_ok_) {
    event::notify_status(render::status_line(report));
  }
  if (!ready_ && engine_.settled()) {
    become_ready();
  }
}

void App::log_changes(const Report& report) {
  const std::span<const Change> fresh = unlogged(*report.changes, logged_);
  std::for_each(fresh.rbegin(), fresh.rend(), [&](const Change& change) {
    const ChangeLine line = change_line(change, report);
    log(line.level, line.text);
  });
  if (!fresh.empty()) {
    logged_ = fresh.front();
  }
}

void App::become_ready() {
  if (!ready_) {
    ready_ = true;
    ready_deadline_.disarm();
    web_.set_ready();
    event::notify_ready();
    log(Level::info, engine_.report() ? "ready: " + render::status_line(*engine_.report())
                                      : "ready, but the service manager has not responded yet");
  }
}

void App::save() {
  const auto report = engine_.report();
  const auto version =
      std::tuple(engine_.status_changes(), engine_.record_changes(), engine_.message_changes());
  if (!report || saved_ == version) {
    return;  // the file is up to date
  }
  try {
    state_file_.write(state(*report));
    save_failed_ = false;
    saved_ = version;
    sync_later();
  } catch (const std::system_error& error) {
    if (!std::exchange(save_failed_, true)) {
      log(Level::warning, std::string("cannot write the state file: ") + error.what());
    }
  }
}

// Leaves out records of units that have no spec and that no check asks about.
store::State App::state(const Report& report) const {
  store::State out{.boot_id = boot_id_,
                   .checks = engine_.tracks(),
                   .changes = *report.changes,
                   .specs = specs_.known(),
                   .forgotten = specs_.applied(),
                   .records = {}};
  std::set<std::string> units;
  store::KeptMessages messages = engine_.messages();
  out.journal.cursor = messages.cursor;
  for (const auto& service : report.services) {
    if (service->manager == manager_of(options_)) {
      units.insert(service->unit);
      out.journal.counts.insert(messages.counts.extract(service->unit));
      out.journal.behind.insert(messages.behind.extract(service->unit));
    }
  }
  out.records = engine_.records(std::move(units));
  return out;
}

void App::sync() {
  sync_is_due_ = false;
  if (!state_sync_.start()) {
    sync_later();
  }
}

void App::sync_later() {
  if (!std::exchange(sync_is_due_, true)) {
    sync_soon_.arm_at(loop_.now() + between_syncs);
  }
}

render::Figures App::figures() {
  save();  // before counters are exposed, which must not decrease at a restart
  render::Figures out{.version = CHECKLIST_VERSION,
                      .specs_loaded = loaded_,
                      .engine = engine_.figures(),
                      .config_ok = config_ok_ && web_.protector().ok(),
                      .config_loaded = config_loaded_,
                      .longest_turn = loop_.take_longest_turn()};
  add_process_figures(out);
  return out;
}
}  // namespace checklist::daemon
