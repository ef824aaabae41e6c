// SPDX-License-Identifier: MIT
#include "ctl/capture/unit_list.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "bus/bus.hpp"
#include "bus/connector.hpp"
#include "event/loop.hpp"
#include "observe/systemd/systemd_names.hpp"

namespace checklist::ctl {
namespace {
using namespace std::chrono_literals;
using observe::text_at;

constexpr Duration longest_wait = 30s;

bus::Call method(const std::string& manager, const char* name) {
  return {.destination = manager,
          .path = observe::manager_path,
          .interface = observe::manager_interface,
          .member = name,
          .arguments = {}};
}

// Calls `take` with each row of the reply's first argument.
void for_each_row(const bus::Reply& reply, const std::function<void(const Values&)>& take) {
  const auto* rows = observe::at<Values>(reply.body, 0);
  for (const Value& each : rows != nullptr ? *rows : Values{}) {
    if (const auto* row = each.get<Values>()) {
      take(*row);
    }
  }
}

class Listing {
 public:
  explicit Listing(bool user)
      : scope_(user ? bus::Scope::user : bus::Scope::system),
        connector_(
            loop_, scope_, [this] { ask(); }, [this](const auto&) { failed_ = true; }) {}

  std::optional<capture::UnitList> run() {
    loop_.run_until([this] { return failed_ || (has_files_ && has_units_); }, longest_wait);
    return has_files_ && has_units_ ? std::optional(std::move(out_)) : std::nullopt;
  }

 private:
  void ask() {
    bus_ = std::make_unique<bus::Bus>(loop_, scope_, [this] { failed_ = true; });
    bus_->call(observe::manager_owner(), [this](const bus::Reply& reply) {
      failed_ |= !reply.error.empty();
      list(text_at(reply.body, 0));
    });
  }

  void list(const std::string& manager) {
    if (failed_) {
      return;
    }
    bus_->call(method(manager, "ListUnitFiles"), [this](const bus::Reply& reply) {
      for_each_row(reply, [this](const Values& row) {  // (path, state)
        out_.files.emplace(std::filesystem::path(text_at(row, 0)).filename(), text_at(row, 1));
      });
      failed_ |= !reply.error.empty();
      has_files_ = reply.error.empty();
    });
    bus_->call(method(manager, "ListUnits"), [this](const bus::Reply& reply) {
      for_each_row(reply, [this](const Values& row) {  // (name, description, load, active, sub, …)
        if (text_at(row, 2) == "loaded") {
          out_.loaded.emplace(text_at(row, 0), text_at(row, 3) + "/" + text_at(row, 4));
        }
      });
      failed_ |= !reply.error.empty();
      has_units_ = reply.error.empty();
    });
  }

  event::Loop loop_;
  bus::Scope scope_;
  bool failed_ = false;
  bool has_files_ = false;
  bool has_units_ = false;
  capture::UnitList out_;
  std::unique_ptr<bus::Bus> bus_;
  bus::BusConnector connector_;
};
}  // namespace

std::optional<capture::UnitList> unit_list(bool user) {
  return Listing(user).run();
}
}  // namespace checklist::ctl
