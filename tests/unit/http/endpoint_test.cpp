// SPDX-License-Identifier: MIT
// Where to listen, as text and for the kernel.
#include "http/endpoint.hpp"

#include <gtest/gtest.h>

namespace checklist::http {
namespace {
TEST(Endpoint, IsReadAsWritten) {
  for (const char* text : {"127.0.0.1:10558", "[::1]:10558", "[::]:1", "0.0.0.0:65535",
                           "192.0.2.1:0", "unix:/run/x.sock"}) {
    const auto address = parse_endpoint(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(to_text(*address), text);
  }
  EXPECT_EQ(parse_endpoint("localhost:80"), parse_endpoint("127.0.0.1:80"));
}

TEST(Endpoint, IsRefusedWhenItIsNone) {
  for (const char* text :
       {"", "127.0.0.1", ":10558", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x",
        "::1:80", "[127.0.0.1]:80", "[]:80", "host.example:80", "unix:", "unix:relative"}) {
    EXPECT_FALSE(parse_endpoint(text)) << text;
  }
}

TEST(Endpoint, ComesBackFromTheKernel) {
  for (const char* text : {"127.0.0.1:10558", "[fe80::1]:10558", "unix:/run/x.sock"}) {
    const auto address = parse_endpoint(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(from_kernel(to_kernel(*address)), *address);
  }
}
}  // namespace
}  // namespace checklist::http
