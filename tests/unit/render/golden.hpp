// SPDX-License-Identifier: MIT
// A text against its file in tests/render/golden; CHECKLIST_UPDATE_GOLDEN=1 writes the file anew.
#pragma once
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>

namespace checklist::testing {
inline void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = SOURCE_DIR "/tests/unit/render/golden/" + name;
  if (std::getenv("CHECKLIST_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << text;
  }
  std::stringstream golden;
  golden << std::ifstream(path).rdbuf();
  EXPECT_EQ(text, golden.str()) << "differs from " << path;
}
}  // namespace checklist::testing
