// SPDX-License-Identifier: MIT
#include "parse/programs/script.hpp"

#include <utility>

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
TEST(Script, NamesItsInterpreterAsTheKernelReadsIt) {
  for (const auto& [head, interpreter] :
       {std::pair<std::string, std::string>{"#!/bin/sh\n", "/bin/sh"},
        {"#!/bin/sh", "/bin/sh"},
        {"#! \t/usr/bin/env python3\nx", "/usr/bin/env"},
        {"#!/usr/bin/perl -w\n", "/usr/bin/perl"},
        {"#!/bin/sh\r\n", "/bin/sh\r"},
        {"#!bin/sh\n", "bin/sh"},
        {"#!/bin/sh " + std::string(300, 'x'), "/bin/sh"}}) {
    EXPECT_EQ(script(head)->interpreter, interpreter) << head;
  }
}

TEST(Script, IsNoneWithoutAnInterpreter) {
  for (const std::string head :
       {"", "#", "#!", "#!\n", "#!  \n/bin/sh", "echo\n", "\n#!/bin/sh\n"}) {
    EXPECT_EQ(script(head), std::nullopt) << head;
  }
  EXPECT_EQ(script("#!/" + std::string(300, 'x')), std::nullopt);
}

TEST(Script, TellsWhatEnvSearches) {
  for (const auto& [head, name] :
       {std::pair<std::string, std::string>{"#!/usr/bin/env python3\n", "python3"},
        {"#!/usr/bin/env -S python3 -u\n", "python3"},
        {"#!/usr/bin/env\tnode\n", "node"},
        {"#!/usr/bin/env -i python3\n", ""},
        {"#!/usr/bin/env A=b python3\n", ""},
        {"#!/usr/bin/env /usr/bin/python3\n", ""},
        {"#!/usr/bin/env\n", ""},
        {"#!/usr/bin/python3 -u\n", ""}}) {
    EXPECT_EQ(script(head)->searched, name) << head;
  }
}
}  // namespace
}  // namespace checklist::parse
