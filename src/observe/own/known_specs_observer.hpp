// SPDX-License-Identifier: MIT
// The specs that the previous run of the daemon knew, as restored from the state file.
#pragma once
#include <map>
#include <string>
#include <utility>

#include "observe/single_observer.hpp"

namespace checklist::observe {
class KnownSpecsObserver : public SingleObserver<KnownSpecsKey> {
 public:
  explicit KnownSpecsObserver(Put<KnownSpecsKey> put) : SingleObserver(std::move(put)) {}

  // Sets the specs: for each semantics::spec_name(), whether it was enabled.
  void know(std::map<std::string, bool> specs) {
    specs_ = std::move(specs);
    look_again();
  }

 private:
  Observed<std::map<std::string, bool>> look() override { return specs_; }

  std::map<std::string, bool> specs_;
};
}  // namespace checklist::observe
