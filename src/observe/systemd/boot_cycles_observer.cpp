// SPDX-License-Identifier: MIT
#include "observe/systemd/boot_cycles_observer.hpp"

#include <algorithm>
#include <array>

#include "bus/object_path.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::observe {
namespace {
constexpr std::size_t most_in_flight = 4;   // units
constexpr std::size_t most_units = 20'000;  // of one walk

struct Read {
  const char* property;
  bool pulls;  // the start of the unit starts these
  bool needs;  // and fails without them
};

// After= is the last one: its reply, which comes last, ends the look at a unit.
constexpr std::array<Read, 5> reads{{{"Requires", true, true},
                                     {"BindsTo", true, true},
                                     {"Wants", true, false},
                                     {"Upholds", true, false},
                                     {"After", false, false}}};
}  // namespace

BootCyclesObserver::BootCyclesObserver(Systemd& systemd, Put<BootCyclesKey> put)
    : systemd_(systemd), put_(std::move(put)) {
  systemd_.attach(*this);
}

void BootCyclesObserver::follow(const std::set<BootCyclesKey>& keys) {
  std::erase_if(followed_, [&](const auto& each) { return !keys.contains({each.first}); });
  for (const BootCyclesKey& key : keys) {
    if (semantics::name_error(key.target)) {
      put_(key, Unseen{"unsupported", "'" + key.target + "' is not a unit name", ""});
    } else if (followed_.try_emplace(key.target).second) {
      begin(key.target);
    }
  }
  if (systemd_.lost()) {
    gone(*systemd_.lost());
  }
}

void BootCyclesObserver::resync() {
  for (const auto& [target, walk] : followed_) {
    begin(target);
  }
}

void BootCyclesObserver::gone(const Unseen& why) {
  for (const auto& [target, walk] : followed_) {
    put_({target}, why);
  }
}

void BootCyclesObserver::begin(const std::string& target) {
  followed_[target] = {
      .number = ++walks_, .order = {{target, semantics::OrderedUnit{}}}, .open = {target}};
  ask_on(target);
}

void BootCyclesObserver::ask_on(const std::string& target) {
  Walk& walk = followed_.at(target);
  while (systemd_.up() && walk.in_flight < most_in_flight && !walk.open.empty()) {
    const std::string unit = std::move(walk.open.back());
    walk.open.pop_back();
    ++walk.in_flight;
    ask(target, unit);
  }
}

void BootCyclesObserver::ask(const std::string& target, const std::string& unit) {
  const std::uint64_t number = followed_.at(target).number;
  for (const Read& read : reads) {
    systemd_.get(bus::escaped_path(units_path, unit), unit_interface, read.property,
                 [this, target, unit, number,
                  property = std::string(read.property)](const bus::Reply& reply) {
                   const auto at = followed_.find(target);
                   if (at != followed_.end() && at->second.number == number) {
                     take(target, unit, property, reply);
                   }
                 });
  }
}

void BootCyclesObserver::take(const std::string& target, const std::string& unit,
                              const std::string& property, const bus::Reply& reply) {
  Walk& walk = followed_.at(target);
  const auto* names = at<Values>(reply.body, 0);
  // Upholds= is new in systemd 249.
  if (names == nullptr && !reply.error.ends_with("UnknownProperty")) {
    walk.error = reply.message;
  }
  const auto* read = std::ranges::find(reads, property, &Read::property);
  auto others = names != nullptr ? texts(*names) : std::vector<std::string>();
  for (const std::string& other : others) {
    if (read->pulls && walk.order.size() < most_units && walk.order.try_emplace(other).second) {
      walk.open.push_back(other);
    }
  }
  auto& known = walk.order.at(unit);
  if (read->needs) {
    known.needs.insert(known.needs.end(), others.begin(), others.end());
  }
  if (read != reads.end() - 1) {
    return;
  }
  known.after = std::move(others);
  --walk.in_flight;
  ask_on(target);
  if (walk.in_flight > 0 || !walk.open.empty()) {
    return;
  }
  if (walk.error.empty()) {
    put_({target}, semantics::boot_cycles(walk.order, target));
  } else {
    put_({target}, Unseen{"bus", "cannot read what " + target + " starts: " + walk.error, ""});
  }
  walk.order.clear();
}
}  // namespace checklist::observe
