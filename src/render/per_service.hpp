// SPDX-License-Identifier: MIT
// What is made of each service of a report, made anew only for those that differ from the report
// before.
#pragma once
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checklist/report.hpp"

namespace checklist::render {
template <class Made>
class PerService {
 public:
  using Services = std::vector<std::shared_ptr<const ServiceReport>>;

  // In the order of the services, by `make(const ServiceReport&)`.
  template <class Make>
  const std::vector<Made>& of(const Services& services, Make make) {
    if (services == services_) {
      return made_;
    }
    std::unordered_map<const ServiceReport*, Made> ready;
    const Services former = std::exchange(services_, {});
    for (std::size_t i = 0; i < former.size(); ++i) {
      ready.emplace(former[i].get(), std::move(made_[i]));
    }
    made_.clear();
    for (const auto& service : services) {
      const auto at = ready.find(service.get());
      made_.push_back(at != ready.end() ? std::move(at->second) : make(*service));
      services_.push_back(service);
    }
    return made_;
  }

  void clear() {
    services_.clear();
    made_.clear();
  }

 private:
  Services services_;  // held, so that no address stands for another
  std::vector<Made> made_;
};
}  // namespace checklist::render
