// SPDX-License-Identifier: MIT
// What makes settings unusable. Handshakes are tested with the server.
#include "access/tls.hpp"

#include <optional>

#include <gmock/gmock.h>

#include "access/client_names.hpp"
#include "support/certificates.hpp"

namespace checklist::access {
namespace {
using checklist::testing::Authority;
using checklist::testing::Identity;
using ::testing::IsEmpty;
using Part = TlsRefused::Part;

std::optional<Part> refused(const TlsSettings& settings) {
  try {
    const Tls tls(settings);
  } catch (const TlsRefused& error) {
    return error.part;
  }
  return std::nullopt;
}

class TlsSettingsTest : public ::testing::Test {
 protected:
  Authority authority_;
  Identity identity_ = authority_.issue();
  TlsSettings settings_{.certificate = identity_.certificate, .key = identity_.key};
};

TEST_F(TlsSettingsTest, Suffice) {
  EXPECT_EQ(refused(settings_), std::nullopt);
  settings_.certificate += authority_.certificate();
  EXPECT_EQ(refused(settings_), std::nullopt);
}

TEST_F(TlsSettingsTest, NeedACertificate) {
  settings_.certificate = "junk";
  EXPECT_EQ(refused(settings_), Part::certificate);
}

TEST_F(TlsSettingsTest, NeedItsKey) {
  settings_.key = authority_.issue().key;
  EXPECT_EQ(refused(settings_), Part::key);
  settings_.key = "junk";
  EXPECT_EQ(refused(settings_), Part::key);
}

TEST_F(TlsSettingsTest, NeedAnAuthorityOfClientsIfOneIsNamed) {
  settings_.client_auth = ClientAuth::RequireAndVerifyClientCert;
  settings_.client_ca = "junk";
  EXPECT_EQ(refused(settings_), Part::client_ca);
}

TEST_F(TlsSettingsTest, NeedAVersion) {
  settings_.min_version = TlsVersion::TLS13;
  settings_.max_version = TlsVersion::TLS12;
  EXPECT_EQ(refused(settings_), Part::versions);
}

TEST(AlternativeNames, AreNoneOfWhatIsNoCertificate) {
  unsigned char junk[] = "junk";
  EXPECT_THAT(alternative_names({junk, sizeof junk}), IsEmpty());
}
}  // namespace
}  // namespace checklist::access
