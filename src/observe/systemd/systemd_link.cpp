// SPDX-License-Identifier: MIT
#include "observe/systemd/systemd_link.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "observe/systemd/systemd_names.hpp"

namespace checklist::observe {
namespace {
constexpr auto bus_name = "org.freedesktop.DBus";
constexpr auto bus_path = "/org/freedesktop/DBus";
}  // namespace

SystemdLink::SystemdLink(event::Loop& loop, bus::Scope scope, Backoff backoff, Events events)
    : loop_(loop),
      scope_(scope),
      backoff_(backoff),
      events_(std::move(events)),
      wait_(backoff.first),
      broken_(loop.deferred(event::Priority::io, [this] { leave(broken_why_); })),
      retry_(loop.timer([this] { knock(); })) {
  retry_.arm_at(loop.now());
}

SystemdLink::~SystemdLink() = default;

void SystemdLink::knock() {
  door_ = std::make_unique<bus::Door>(
      loop_, scope_, [this] { enter(); }, [this](const std::string& why) { leave(why); });
}

void SystemdLink::enter() {
  door_.reset();
  try {
    bus_ = std::make_unique<bus::Bus>(loop_, scope_, [this] {
      broken_why_ = "the bus hung up";
      broken_.arm();
    });
    const std::string rule = std::string("interface='") + bus_name +
                             "',member='NameOwnerChanged',arg0='" + manager_name + "'";
    owner_match_ = bus_->on(bus_name, rule, [this](const bus::Signal& signal) {
      if (text_at(signal.body, 0) == manager_name) {
        greet(text_at(signal.body, 2));
      }
    });
  } catch (const std::system_error& error) {
    leave(error.what());
    return;
  }
  ask_owner();
}

void SystemdLink::leave(const std::string& why) {
  end_session(why);
  owner_.clear();
  owner_match_.reset();
  bus_.reset();
  door_.reset();
  retry_.arm_at(loop_.now() + wait_);
  wait_ = std::min(wait_ * 2, backoff_.longest);
}

void SystemdLink::end_session(const std::string& why) {
  ++session_;
  up_ = false;
  matches_.clear();
  events_.down(why);
}

void SystemdLink::ask_owner() {
  bus_->call({.destination = bus_name,
              .path = bus_path,
              .interface = bus_name,
              .member = "GetNameOwner",
              .arguments = {Value{std::string(manager_name)}}},
             [this](const bus::Reply& reply) {
               if (reply.error.empty()) {
                 greet(text_at(reply.body, 0));
               } else {
                 events_.down("systemd is not on the bus: " + reply.message);
               }
             });
}

// The manager has this unique name now; empty: it left, and its successor will be told.
void SystemdLink::greet(const std::string& owner) {
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
    listen();
  } catch (const std::system_error& error) {
    broken_why_ = error.what();
    broken_.arm();
    return;
  }
  subscribe();
}

void SystemdLink::listen() {
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

// Without Subscribe() the manager sends no signals.
void SystemdLink::subscribe() {
  call(manager_path, manager_interface, "Subscribe", {}, [this](const bus::Reply& reply) {
    if (reply.error.empty() || reply.error.ends_with("AlreadySubscribed")) {
      up_ = true;
      wait_ = backoff_.first;
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
               if (bus::is_unanswered(reply)) {  // then its owner is gone; asking anew shows it
                 broken_why_ = reply.message;
                 broken_.arm();
               } else {
                 done(reply);
               }
             });
}
}  // namespace checklist::observe
