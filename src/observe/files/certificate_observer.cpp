// SPDX-License-Identifier: MIT
#include "observe/files/certificate_observer.hpp"

#include <cerrno>
#include <system_error>

#include "observe/small_file.hpp"
#include "parse/certificate.hpp"

namespace checklist::observe {
namespace {
Observed<WallTime> look_at(const std::string& path, const std::string& shown) {
  const auto text = small_file(path);  // the first certificate is within its first 64 KiB
  if (!text) {
    const int error = errno;
    const bool is_closed = error == EACCES || error == EPERM;
    return Unseen{is_closed ? "permission" : "unsupported",
                  "cannot read " + shown + ": " + std::system_category().message(error),
                  is_closed ? "let checklistd read " + shown +
                                  ", or give `certificate_days` to a health_probe of its server"
                            : ""};
  }
  const auto expiry = parse::certificate_expiry(*text);
  return expiry
             ? Observed<WallTime>(*expiry)
             : Observed<WallTime>(Unseen{"no_certificate", "no certificate in " + shown,
                                         "give `certificate_days` to a file in PEM or DER format"});
}
}  // namespace

CertificateObserver::CertificateObserver(event::Loop& loop, Put<CertificateKey> put,
                                         std::string root)
    : PathObserver(loop, std::move(put), std::move(root),
                   [](const std::string& prefix, const CertificateKey& key) {
                     return look_at(prefix + key.path, key.path);
                   }) {}
}  // namespace checklist::observe
