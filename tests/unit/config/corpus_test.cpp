// SPDX-License-Identifier: MIT
// The corpus of configuration files, as the parser judges them; tests/unit/config/corpus.py has a
// JSON Schema validator judge the same files. Those in `beyond` only the parser can refuse: ranges
// of time spans, patterns, and what depends on another key.
#include <filesystem>
#include <set>

#include <gmock/gmock.h>

#include "config/daemon_file.hpp"
#include "config/json_file.hpp"
#include "config/spec_file.hpp"

namespace checklist::config {
namespace {
namespace fs = std::filesystem;
const fs::path corpus = SOURCE_DIR "/tests/unit/config/corpus";

bool accepts(const std::string& kind, const fs::path& path) {
  std::vector<Problem> problems;
  JsonFile file(path, problems);
  if (file.object() != nullptr) {
    ConfigErrors errors;
    if (kind == "service") {
      (void)read_spec(*file.object(), {}, errors);
    } else {
      Configuration ignored;
      (void)read_daemon_file(*file.object(), ignored, errors);
    }
    file.refuse(errors);
  }
  return problems.empty();
}

class Corpus : public ::testing::TestWithParam<std::string> {
 protected:
  void expect_all(const std::string& folder, bool accepted) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(corpus / GetParam() / folder)) {
      EXPECT_EQ(accepts(GetParam(), entry.path()), accepted) << entry.path();
      ++count;
    }
    EXPECT_GT(count, 0U);
  }
};

TEST_P(Corpus, IsAcceptedWhereItShould) {
  expect_all("accepted", true);
}

TEST_P(Corpus, IsRefusedWhereItShould) {
  expect_all("refused", false);
}

TEST_P(Corpus, IsRefusedWhereASchemaCannotSay) {
  expect_all("beyond", false);
}

INSTANTIATE_TEST_SUITE_P(Files, Corpus, ::testing::Values("service", "checklistd"),
                         [](const auto& kind) { return kind.param; });
}  // namespace
}  // namespace checklist::config
