// SPDX-License-Identifier: MIT
// Headers that ask for something.
#include "http/conditions.hpp"

#include <gtest/gtest.h>

namespace checklist::http {
namespace {
TEST(Conditions, GzipIsAcceptedWhenNamedAndNotDeclined) {
  for (const char* yes :
       {"gzip", "GZIP", "br, gzip", "deflate;q=0.5,gzip;q=0.001", "gzip; q=1", " gzip "}) {
    EXPECT_TRUE(accepts_gzip(yes)) << yes;
  }
  for (const char* no : {"", "br", "gzip;q=0", "gzip; q=0.000", "xgzip", "gzipx", "identity, *"}) {
    EXPECT_FALSE(accepts_gzip(no)) << no;
  }
}

TEST(Conditions, AnEtagMatchesAnyOfTheList) {
  for (const char* yes : {"\"7\"", "W/\"7\"", "\"1\", \"7\"", "*", " \"7\" ,\"8\""}) {
    EXPECT_TRUE(matches_etag(yes, "\"7\"")) << yes;
    EXPECT_TRUE(matches_etag(yes, "W/\"7\"")) << yes;
  }
  for (const char* no : {"", "7", "\"77\"", "\"1\", \"2\"", ","}) {
    EXPECT_FALSE(matches_etag(no, "\"7\"")) << no;
  }
}

TEST(Conditions, LoopbackHasFewNames) {
  for (const char* yes : {"localhost", "LOCALHOST:10558", "localhost.", "127.0.0.1", "127.1.2.3:80",
                          "[::1]", "[::1]:10558"}) {
    EXPECT_TRUE(is_loopback_host(yes)) << yes;
  }
  for (const char* no : {"", "localhost.evil.example", "127.evil.example", "127.0.0.1.evil.example",
                         "127.1", "evil.example:127", "[::2]", "::1", "0.0.0.0", "192.0.2.1",
                         "127.0.0.1:evil.example", "localhost:1:2", "[::1].evil.example", "[::1"}) {
    EXPECT_FALSE(is_loopback_host(no)) << no;
  }
}
}  // namespace
}  // namespace checklist::http
