// SPDX-License-Identifier: MIT
#include "parse/certificate.hpp"

#include <string>

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
// notAfter=Dec  2 01:51:33 2026 GMT, as UTCTime
const std::string soon = R"(-----BEGIN CERTIFICATE-----
MIIBbTCCAROgAwIBAgIUNMRiYuuXgR2RUB7FdBcB6U4QDr4wCgYIKoZIzj0EAwIw
DDEKMAgGA1UEAwwBdDAeFw0yNjExMzAwMTUxMzNaFw0yNjEyMDIwMTUxMzNaMAwx
CjAIBgNVBAMMAXQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASJMp4r0yotC8Ei
YpUBNLJHMBTvaMirMsz2d1kue0j4T8WiR7szcuGNMhWMw6H7er8vhTeqvXcNTiHA
yCqjzEweo1MwUTAdBgNVHQ4EFgQUx0nXR5t55cZLp/kS8iVh1OBWPiEwHwYDVR0j
BBgwFoAUx0nXR5t55cZLp/kS8iVh1OBWPiEwDwYDVR0TAQH/BAUwAwEB/zAKBggq
hkjOPQQDAgNIADBFAiEA7948Is3Rc2H0FBJv7NV3aHNx4uzpwA70DDZ+D+PGaF0C
IDlVsIUD1EbJrTrY1ZPIu4jf3kNrX+Mx+ynZFm7uX1sS
-----END CERTIFICATE-----
)";

// notAfter=Nov  6 01:51:33 2126 GMT, as GeneralizedTime
const std::string late = R"(-----BEGIN CERTIFICATE-----
MIIBbzCCARWgAwIBAgIUfTyBaMcsCyLsEwXXTa082QwxI2wwCgYIKoZIzj0EAwIw
DDEKMAgGA1UEAwwBdDAgFw0yNjExMzAwMTUxMzNaGA8yMTI2MTEwNjAxNTEzM1ow
DDEKMAgGA1UEAwwBdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABM80uiFTttlG
cNNHLnh4SMbc0pNhwdmr2Y2NfDR29+r7NYTfPYkdW/AFIJofWCFprk6IlYZGLDch
mcoNiwpeEfmjUzBRMB0GA1UdDgQWBBRoY413wNqujIob0pKyth1mpUHNFTAfBgNV
HSMEGDAWgBRoY413wNqujIob0pKyth1mpUHNFTAPBgNVHRMBAf8EBTADAQH/MAoG
CCqGSM49BAMCA0gAMEUCIQCVb5yyP2GqFyCGVDIqc1RXm6o5v7HNlvCe4RzIJEFt
NwIge6r68PFzJ9SOkZRMY+Inz/8h42vqPjpo5hv49dMjjCM=
-----END CERTIFICATE-----
)";

constexpr WallTime at(std::chrono::sys_days day) {
  return WallTime(day) + std::chrono::hours(1) + std::chrono::minutes(51) +
         std::chrono::seconds(33);
}

using namespace std::chrono_literals;
constexpr WallTime december = at(2026y / 12 / 2);
constexpr WallTime century = at(2126y / 11 / 6);

TEST(CertificateExpiry, IsThatOfTheFirstCertificate) {
  EXPECT_EQ(certificate_expiry(soon), december);
  EXPECT_EQ(certificate_expiry(late), century);
  EXPECT_EQ(certificate_expiry(late + soon), century);
  EXPECT_EQ(
      certificate_expiry("-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n" + soon),
      december);
}

TEST(CertificateExpiry, IsReadFromDer) {
  // SEQUENCE { SEQUENCE { serial, algorithm, issuer, SEQUENCE { from, to } } }, without a version
  const std::string times =
      "\x17\x0d"
      "261130015133Z"
      "\x17\x0d"
      "261202015133Z";
  const std::string body = std::string("\x02\x01\x01\x30\x00\x30\x00\x30\x1e", 9) + times;
  const std::string der = std::string("\x30\x29\x30\x27", 4) + body;
  EXPECT_EQ(certificate_expiry(der), december);
  for (std::size_t size = 0; size < der.size(); ++size) {
    EXPECT_FALSE(certificate_expiry(der.substr(0, size))) << size;
  }
}

TEST(CertificateExpiry, IsNotKnownWithoutACertificate) {
  for (const std::string& text :
       {std::string(), std::string("no certificate"), soon.substr(0, 200),
        std::string("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"),
        std::string("\x30\x84\xff\xff\xff\xff\x30"), std::string("\x30\x80\x30\x80")}) {
    EXPECT_FALSE(certificate_expiry(text)) << text;
  }
}

// What is read comes from files and servers.
TEST(CertificateExpiry, TakesAnyBytes) {
  for (std::size_t at = 28; at < soon.size() - 30; ++at) {
    for (const char c : {'A', '/', '\n', '\xff'}) {
      std::string changed = soon;
      changed[at] = c;
      (void)certificate_expiry(changed);
    }
  }
}
}  // namespace
}  // namespace checklist::parse
