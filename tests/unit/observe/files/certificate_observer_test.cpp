// SPDX-License-Identifier: MIT
#include "observe/files/certificate_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"
#include "unit/observe/tls_server.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

TEST(CertificateObserver, FollowsTheExpiryOfTheCertificateInAFile) {
  const checklist::testing::TlsServer server("IP:127.0.0.1");  // makes one for two days
  const checklist::testing::TemporaryDirectory root;
  const std::string file = root.path().string() + "/cert.pem";
  event::Loop loop;
  Observed<WallTime> fact;
  CertificateObserver observer(
      loop, [&fact](const CertificateKey& /*key*/, auto seen) { fact = std::move(seen); },
      root.path().string());
  observer.follow({{"/cert.pem"}});
  EXPECT_EQ(fact.unseen().reason, "unsupported");
  std::filesystem::copy_file(server.certificate(), file);
  ASSERT_TRUE(loop.run_until([&fact] { return bool(fact); }, 5s));
  EXPECT_LT(*fact, std::chrono::system_clock::now() + 48h);
  EXPECT_GT(*fact, std::chrono::system_clock::now() + 47h);
  std::ofstream(file) << "";
  EXPECT_TRUE(
      loop.run_until([&fact] { return !fact && fact.unseen().reason == "no_certificate"; }, 5s));
}
}  // namespace
}  // namespace checklist::observe
