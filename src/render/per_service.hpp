// SPDX-License-Identifier: MIT
// Caches one value per service of a report. A value is computed again only if the service's report
// has changed since the previous call.
#pragma once
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checklist/report.hpp"

namespace checklist::render {
template <class Value>
class PerService {
 public:
  using Services = std::vector<std::shared_ptr<const ServiceReport>>;

  // Returns the values of `make(const ServiceReport&)`, in the order of the services; valid until
  // the next call.
  template <class Make>
  const std::vector<Value>& of(const Services& services, Make make) {
    if (services == services_) {
      return values_;
    }
    std::unordered_map<const ServiceReport*, Value> cached;
    const Services previous = std::exchange(services_, {});
    for (std::size_t i = 0; i < previous.size(); ++i) {
      cached.emplace(previous[i].get(), std::move(values_[i]));
    }
    values_.clear();
    for (const auto& service : services) {
      const auto at = cached.find(service.get());
      values_.push_back(at != cached.end() ? std::move(at->second) : make(*service));
      services_.push_back(service);
    }
    return values_;
  }

  void clear() {
    services_.clear();
    values_.clear();
  }

 private:
  Services services_;  // keeps them alive, so that their addresses stay unique
  std::vector<Value> values_;
};
}  // namespace checklist::render
