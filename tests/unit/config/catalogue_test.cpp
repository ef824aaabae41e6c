// SPDX-License-Identifier: MIT
#include "config/catalogue.hpp"

#include <fstream>

#include "config/fixture.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::config {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class CatalogueTest : public ::testing::Test {
 protected:
  Catalogue loaded(const std::string& text) {
    std::ofstream(directory_.path() / "kind.json") << text;
    return load_catalogue({directory_.path()});
  }

  // Returns the errors, a line each.
  std::string error(const std::string& text) {
    const Catalogue catalogue = loaded(text);
    EXPECT_THAT(catalogue.kinds, IsEmpty());
    std::string out;
    for (const Problem& problem : catalogue.problems) {
      out += config::text(problem) + "\n";
    }
    return out;
  }

  testing::TemporaryDirectory directory_;
};

TEST_F(CatalogueTest, ReadsAKind) {
  const Catalogue catalogue = loaded(R"({
    "summary": "a server", "units": ["x.service", "x@*.service"], "programs": ["xd"],
    "spec": {"group": "web", "checks": {"journal_errors": {"match": ["^E "]}}},
    "probes": [{"url": "http://{listen}/health"}, {"tcp": "127.0.0.1:7"}]})");
  EXPECT_THAT(catalogue.problems, IsEmpty());
  ASSERT_THAT(catalogue.kinds, SizeIs(1));
  const Kind& kind = catalogue.kinds.front();
  EXPECT_EQ(kind.name, "kind");
  EXPECT_EQ(kind.summary, "a server");
  EXPECT_THAT(kind.units, ElementsAre("x.service", "x@*.service"));
  EXPECT_THAT(kind.programs, ElementsAre("xd"));
  EXPECT_TRUE(kind.spec.contains("group"));
  EXPECT_THAT(kind.probes, SizeIs(2));
}

TEST_F(CatalogueTest, AcceptsAPartOfACheckThatTheHostCompletes) {
  EXPECT_THAT(loaded(R"({"summary": "a server", "units": ["x.service"],
                         "spec": {"checks": {"gpu_device_access": {"in_use": true}}}})")
                  .problems,
              IsEmpty());
}

TEST_F(CatalogueTest, RefusesWhatIsOfOneUnit) {
  EXPECT_THAT(error(R"({"summary": "a", "units": ["x.service"], "spec": {"user": "dev"}})"),
              HasSubstr("/spec/user"));
}

TEST_F(CatalogueTest, RefusesMistakesInChecksAndProbes) {
  EXPECT_THAT(error(R"({"summary": "a", "units": ["x.service"],
                        "spec": {"checks": {"journal_error": {}}}})"),
              HasSubstr("/spec/checks/journal_error: expected perhaps 'journal_errors'"));
  EXPECT_THAT(
      error(R"({"summary": "a", "units": ["x.service"], "probes": [{"url": "ftp://{listen}/"}]})"),
      HasSubstr("/probes/0/url"));
}

TEST_F(CatalogueTest, RefusesAKindThatMatchesNothing) {
  EXPECT_THAT(error(R"({"summary": "a"})"), HasSubstr("units or programs"));
}

TEST_F(CatalogueTest, TheHostsOwnKindReplacesTheInstalledOne) {
  testing::TemporaryDirectory own;
  std::ofstream(directory_.path() / "kind.json") << R"({"summary": "a", "units": ["a.service"]})";
  std::ofstream(own.path() / "kind.json") << R"({"summary": "b", "units": ["b.service"]})";
  const Catalogue catalogue = load_catalogue({directory_.path(), own.path()});
  ASSERT_THAT(catalogue.kinds, SizeIs(1));
  EXPECT_EQ(catalogue.kinds.front().summary, "b");
}

// "systemd-*" is plumbing, and systemd-resolved.service is a service.
TEST_F(CatalogueTest, PlumbingComesAfterAllOtherKinds) {
  for (const auto& [name, more] : {std::pair("a", R"(, "plumbing": true)"), {"b", ""}, {"c", ""}}) {
    std::ofstream(directory_.path() / (std::string(name) + ".json"))
        << R"({"summary": "a kind", "units": ["x-*"])" << more << "}";
  }
  std::vector<std::string> names;
  for (const Kind& kind : load_catalogue({directory_.path()}).kinds) {
    names.push_back(kind.name);
  }
  EXPECT_THAT(names, ElementsAre("b", "c", "a"));
}

TEST(Catalogue, TheInstalledOneIsValid) {
  const Catalogue catalogue = load_catalogue({SOURCE_DIR "/config/catalogue"});
  for (const Problem& problem : catalogue.problems) {
    ADD_FAILURE() << text(problem);
  }
  EXPECT_THAT(catalogue.kinds, Not(IsEmpty()));
}

TEST(Catalogue, APlaceholderBecomesTheAddress) {
  const Dict probe{{"url", Value{std::string("http://{listen}/")}}, {"failures", Value{true}}};
  const Dict expected{{"url", Value{std::string("http://127.0.0.1:80/")}},
                      {"failures", Value{true}}};
  EXPECT_EQ(with_listen(probe, "127.0.0.1:80"), expected);
}
}  // namespace
}  // namespace checklist::config
