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

class AcknowledgedFailures : public ::testing::Test {
 protected:
  void write(const std::string& text) const {
    fs::create_directories(root_ / "records");
    std::ofstream(root_ / "records/acknowledged.json") << text;
  }

  const testing::TemporaryDirectory directory_;
  const fs::path root_ = directory_.path();
  AcknowledgedFile file_{(root_ / "records").string()};
};

TEST_F(AcknowledgedFailures, AreNoneWithoutAFile) {
  EXPECT_THAT(file_.read().records, IsEmpty());
  EXPECT_EQ(file_.read().error, "");
}

TEST_F(AcknowledgedFailures, AreReadAsTheyWereWritten) {
  const Acknowledgements all{
      {{"dev/jupyter.service", "hardening"}, {WallTime{1h}, "a \"known\" one\n", "root"}},
      {{"x.service", "service_state"}, {WallTime{2h}, "moves on Monday", "dev"}}};
  file_.write(all);
  EXPECT_EQ(file_.read().records, all);
  EXPECT_EQ(fs::status(file_.path()).permissions(), fs::perms{0644});
}

TEST_F(AcknowledgedFailures, AreNoneInAFileThatIsBrokenOrNewer) {
  for (const char* text :
       {"", "{", "[]", R"({"version": 1})", R"({"version": 2, "acknowledged": []})",
        R"({"version": 1, "acknowledged": [{"unit": "x.service", "check": "files"}]})",
        R"({"version": 1, "acknowledged": [{"unit": 1, "check": "files", "until": 1,)"
        R"( "reason": "", "by": ""}]})"}) {
    write(text);
    EXPECT_THAT(file_.read().records, IsEmpty()) << text;
    EXPECT_THAT(file_.read().error, HasSubstr("acknowledged.json: ")) << text;
  }
}

TEST_F(AcknowledgedFailures, AreNotWrittenThroughALink) {
  std::ofstream(root_ / "elsewhere") << "as it was";
  fs::create_directories(root_ / "records");
  fs::create_symlink(root_ / "elsewhere", file_.path());
  EXPECT_THAT(file_.read().error, HasSubstr("symbolic links"));
  file_.write({});  // takes the link's place
  EXPECT_EQ(file_.read().error, "");
  EXPECT_EQ(fs::file_size(root_ / "elsewhere"), 9U);
  fs::create_directory_symlink(root_ / "records", root_ / "link");
  EXPECT_THROW(AcknowledgedFile((root_ / "link").string()).write({}), std::system_error);
}
}  // namespace
}  // namespace checklist::store
