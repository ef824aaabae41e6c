// SPDX-License-Identifier: MIT
#include "observe/systemd/systemd_link.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "observe/systemd/systemd_names.hpp"

namespace checklist::observe {
SystemdLink::SystemdLink(event::Loop& loop, bus::Scope scope, Backoff backoff, Events events)
    : loop_(loop),
      scope_(scope),
      backoff_(backoff),
      events_(std::move(events)),
      retry_delay_(backoff.first),
      broken_(loop.deferred(event::Priority::io, [this] { disconnect(broken_why_); })),
      retry_(loop.timer([this] { connect(); })) {
  retry_.arm_at(loop.now());
}

SystemdLink::~SystemdLink() = default;

void SystemdLink::connect() {
  connector_ = std::make_unique<bus::BusConnector>(
      loop_, scope_, [this] { on_connected(); },
      [this](const std::string& why) { disconnect(why); });
}

void SystemdLink::on_connected() {
  connector_.reset();
  try {
    bus_ = std::make_unique<bus::Bus>(loop_, scope_, [this] {
      broken_why_ = "the bus closed the connection";
      broken_.arm();
    });
    const std::string rule = std::string("interface='") + bus_name +
                             "',member='NameOwnerChanged',arg0='" + manager_name + "'";
    owner_match_ = bus_->on(bus_name, rule, [this](const bus::Signal& signal) {
      if (text_at(signal.body, 0) == manager_name) {
        verify_owner(text_at(signal.body, 2));
      }
    });
  } catch (const std::system_error& error) {
    disconnect(error.what());
    return;
  }
  request_owner();
}

void SystemdLink::disconnect(const std::string& why) {
  end_session(why);
  owner_.clear();
  owner_match_.reset();
  bus_.reset();
  connector_.reset();
  retry_.arm_at(loop_.now() + retry_delay_);
  retry_delay_ = std::min(retry_delay_ * 2, backoff_.longest);
}

void SystemdLink::end_session(const std::string& why) {
  ++session_;
  up_ = false;
  matches_.clear();
  events_.down(why);
}

void SystemdLink::request_owner() {
  bus_->call(manager_owner(), [this](const bus::Reply& reply) {
    if (reply.error.empty()) {
      verify_owner(text_at(reply.body, 0));
    } else {
      events_.down("systemd is not on the bus: " + reply.message);
    }
  });
}

// `owner` is the current unique name of the manager; empty if it left the bus. Its successor is
// announced by another NameOwnerChanged.
void SystemdLink::verify_owner(const std::string& owner) {
  if (owner == owner_) {
    return;
  }
  if (!owner_.empty()) {
    end_session("systemd left the bus");
  }
  owner_ = owner;
  if (owner_.empty()) {
    return;
  }
  try {
    subscribe_signals();
  } catch (const std::system_error& error) {
    broken_why_ = error.what();
    broken_.arm();
    return;
  }
  subscribe();
}

void SystemdLink::subscribe_signals() {
  const auto handler = [this](const bus::Signal& signal) {
    if (up_) {
      events_.signal(signal);
    }
  };
  matches_.push_back(bus_->on(owner_,
                              std::string("interface='") + properties_interface +
                                  "',member='PropertiesChanged',path_namespace='" + units_path +
                                  "'",
                              handler));
  matches_.push_back(bus_->on(
      owner_, std::string("interface='") + manager_interface + "',path='" + manager_path + "'",
      handler));
}

// The manager sends no signals before Subscribe().
void SystemdLink::subscribe() {
  call(manager_path, manager_interface, "Subscribe", {}, [this](const bus::Reply& reply) {
    if (reply.error.empty() || reply.error.ends_with("AlreadySubscribed")) {
      up_ = true;
      retry_delay_ = backoff_.first;
      events_.up();
    } else {
      broken_why_ = reply.message;
      broken_.arm();
    }
  });
}

void SystemdLink::call(const std::string& path, const std::string& interface,
                       const std::string& member, Values arguments,
                       std::function<void(const bus::Reply&)> done) {
  bus_->call({.destination = owner_,
              .path = path,
              .interface = interface,
              .member = member,
              .arguments = std::move(arguments)},
             [this, session = session_, done = std::move(done)](const bus::Reply& reply) {
               if (session != session_) {
                 return;
               }
               if (bus::is_unanswered(reply)) {  // the owner is gone: reconnect
                 broken_why_ = reply.message;
                 broken_.arm();
               } else {
                 done(reply);
               }
             });
}
}  // namespace checklist::observe
