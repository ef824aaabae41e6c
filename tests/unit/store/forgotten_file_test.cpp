// SPDX-License-Identifier: MIT
#include <filesystem>
#include <fstream>
#include <system_error>

#include <gmock/gmock.h>

#include "store/json_records.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::store {
namespace {
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

class ForgottenSpecs : public ::testing::Test {
 protected:
  void write(const std::string& text) const {
    fs::create_directories(root_ / "records");
    std::ofstream(root_ / "records/forgotten.json") << text;
  }

  const testing::TemporaryDirectory directory_;
  const fs::path root_ = directory_.path();
  ForgottenFile file_{(root_ / "records").string()};
};

TEST_F(ForgottenSpecs, AreNoneWithoutAFile) {
  EXPECT_THAT(file_.read().records, IsEmpty());
  EXPECT_EQ(file_.read().error, "");
}

TEST_F(ForgottenSpecs, AreReadAsTheyWereAdded) {
  add(file_, "x.service", WallTime{1h});
  add(file_, "dev/jupyter.service", WallTime{2h});
  add(file_, "x.service", WallTime{3h});
  const Forgotten expected{{"x.service", WallTime{3h}}, {"dev/jupyter.service", WallTime{2h}}};
  EXPECT_EQ(file_.read().records, expected);
  EXPECT_EQ(fs::status(file_.path()).permissions(), fs::perms{0644});
}

TEST_F(ForgottenSpecs, SurviveARunThatWasCutOff) {
  fs::create_directories(root_ / "records");
  std::ofstream(root_ / "records/forgotten.json.new") << "{";
  add(file_, "x.service", WallTime{1h});
  EXPECT_EQ(file_.read().records.size(), 1U);
}

TEST_F(ForgottenSpecs, AreNoneInAFileThatIsBrokenOrNewer) {
  for (const char* text : {"", "{", "[]", R"({"version": 1})", R"({"version": 2, "forgotten": {}})",
                           R"({"version": 1, "forgotten": {"x.service": "now"}})"}) {
    write(text);
    EXPECT_THAT(file_.read().records, IsEmpty()) << text;
    EXPECT_THAT(file_.read().error, HasSubstr("forgotten.json: ")) << text;
    EXPECT_THROW(add(file_, "y.service", {}), std::system_error) << text;
    EXPECT_EQ(fs::file_size(file_.path()), std::string(text).size()) << "it could still be mended";
  }
}

TEST_F(ForgottenSpecs, AreNotBelievedWhereOthersCouldHaveWritten) {
  write(R"({"version": 1, "forgotten": {"x.service": 1}})");
  EXPECT_EQ(file_.read().records.size(), 1U);
  fs::permissions(file_.path(), fs::perms{0666});
  EXPECT_THAT(file_.read().records, IsEmpty());
  EXPECT_THAT(file_.read().error, HasSubstr("only root"));
}

TEST_F(ForgottenSpecs, AreNotReadOrWrittenThroughALink) {
  std::ofstream(root_ / "elsewhere") << R"({"version": 1, "forgotten": {"x.service": 1}})";
  const auto size_before = fs::file_size(root_ / "elsewhere");
  fs::create_directories(root_ / "records");
  fs::create_symlink(root_ / "elsewhere", file_.path());
  EXPECT_THAT(file_.read().records, IsEmpty());
  EXPECT_THAT(file_.read().error, HasSubstr("symbolic links"));
  EXPECT_THROW(add(file_, "y.service", WallTime{1h}), std::system_error);
  EXPECT_EQ(fs::file_size(root_ / "elsewhere"), size_before);
  fs::create_directory_symlink(root_ / "records", root_ / "link");
  EXPECT_THROW(add(ForgottenFile((root_ / "link").string()), "x.service", {}), std::system_error);
}

TEST_F(ForgottenSpecs, AreNotWrittenWhereOthersMayWrite) {
  fs::create_directories(root_ / "records");
  fs::permissions(root_ / "records", fs::perms{0777});
  EXPECT_THROW(add(file_, "x.service", {}), std::system_error);
}
}  // namespace
}  // namespace checklist::store
