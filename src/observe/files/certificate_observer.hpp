// SPDX-License-Identifier: MIT
// Observes when the certificate in a file expires. Of the file, only that moment becomes a fact.
#pragma once
#include <string>

#include "event/loop.hpp"
#include "observe/files/symlink_chain.hpp"
#include "observe/path_observer.hpp"

namespace checklist::observe {
class CertificateObserver : public PathObserver<CertificateKey, SymlinkChainWatch> {
 public:
  // `root` is prepended to every path; empty outside tests.
  CertificateObserver(event::Loop& loop, Put<CertificateKey> put, std::string root = "");
};
}  // namespace checklist::observe
