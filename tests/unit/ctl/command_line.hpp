// SPDX-License-Identifier: MIT
// Runs command lines of checklistctl in the process of the test.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <gtest/gtest.h>

#include "ctl/command.hpp"

namespace checklist::ctl {
class CommandLineTest : public ::testing::Test {
 protected:
  // Runs the command line, and keeps what it prints.
  Exit run(std::vector<std::string> arguments) {
    CLI::App app;
    app.require_subcommand(1);
    Exit exit = Exit::pass;
    for (const auto add : {add_ack, add_check, add_explain, add_forget, add_gate, add_schema,
                           add_status, add_verify_config, add_watch}) {
      add(app, exit);
    }
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
    try {
      app.parse(arguments);
    } catch (const CLI::ParseError& error) {
      exit = app.exit(error) == 0 ? Exit::pass : Exit::usage;
    }
    out_ = ::testing::internal::GetCapturedStdout();
    error_ = ::testing::internal::GetCapturedStderr();
    return exit;
  }

  std::string out_;
  std::string error_;
};
}  // namespace checklist::ctl
