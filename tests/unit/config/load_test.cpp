// SPDX-License-Identifier: MIT
#include "config/fixture.hpp"

namespace checklist::config {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Load : public Files {};

TEST_F(Load, AUnitAloneIsASpec) {
  write("etc/x.json", R"({"unit": "x.service"})");
  EXPECT_THAT(problems(), IsEmpty());
  const Configuration loaded = configuration();
  ASSERT_THAT(loaded.services, SizeIs(1));
  EXPECT_EQ(loaded.services[0].spec.unit, "x.service");
  EXPECT_EQ(loaded.services[0].spec.settle, std::chrono::seconds{30});
  EXPECT_EQ(loaded.services[0].spec.file, root_ / "etc/x.json");
}

TEST_F(Load, ReportsEveryErrorOfEveryFileAtOnce) {
  write("etc/a.json", "{\n  \"unit\": \"a.service\",,\n}");
  write("etc/b.json",
        "{\"unit\": \"b.service\",\n \"sevrity\": \"info\",\n \"enabled\": \"yes\", "
        "\"settle\": \"5 parsecs\"}");
  write("etc/c.json", R"({"unit": "c"})");
  write("etc/d.json", R"({"unit": "d@.service"})");
  write("etc/e.json", R"({"unit": "e.service", "checks": {"service_stat": {}}})");
  write("etc/f.json", R"({"unit": "f.service", "unit": "g.service"})");
  write("etc/g.json",
        R"({"unit": "h.service", "checks": {"port_bindings": {"listen": ["8080"]}}})");
  write("checklistd.json", R"({"resync": 5, "expcted": [], "host": {"coverag": {}}})");
  EXPECT_EQ(
      "\n" +
          [this] {
            std::string all;
            for (const std::string& problem : problems()) {
              all += problem + "\n";
            }
            return all;
          }(),
      R"(
checklistd.json:1:15: /expcted: expected perhaps 'expected', found the unknown key 'expcted'
checklistd.json:1:2: /resync: expected a time span from 1s to 1h, as "15m" or "1h 30s", found 5
checklistd.json:1:39: /host/coverag: expected perhaps 'coverage', found the unknown check 'coverag'
etc/a.json:2:23: expected a key in double quotes after the comma, found ','
etc/b.json:2:2: /sevrity: expected perhaps 'severity', found the unknown key 'sevrity'
etc/b.json:3:2: /enabled: expected true or false, found 'yes'
etc/b.json:3:20: /settle: expected a time span from 0 to 1d, as "15m" or "1h 30s", found '5 parsecs'
etc/c.json:1:2: /unit: expected a unit name with its type, perhaps 'c.service', found 'c'
etc/d.json:1:2: /unit: expected the name of an instance, as d@NAME.service; a template is no unit, found 'd@.service'
etc/e.json:1:34: /checks/service_stat: expected perhaps 'service_state', found the unknown check 'service_stat'
etc/f.json:1:23: /unit: expected each key once, found a duplicate
etc/g.json:1:63: /checks/port_bindings/listen/0: expected an address as "tcp:127.0.0.1:8080", "udp:[::1]:53", "tcp:*:22", "unix:/run/x.sock" or "unix:@name", found '8080'
)");
}

TEST_F(Load, NamesBothFilesOfADuplicateUnit) {
  write("etc/a.json", R"({"unit": "x.service"})");
  write("etc/b.json", R"({"unit": "x.service", "settle": 5})");
  write("etc/c.json", R"({"unit": "x.service", "user": "dev"})");  // another manager's
  EXPECT_THAT(problems(),
              ElementsAre("etc/b.json:1:23: /settle: expected a time span from 0 to 1d, as \"15m\" "
                          "or \"1h 30s\", found 5",
                          "etc/b.json:1:2: /unit: expected one spec per unit, found another "
                          "of \'x.service\' in etc/a.json"));
}

TEST_F(Load, ALaterDirectoryWinsAndAnEmptyFileMasks) {
  write("usr/x.json", R"({"unit": "old.service"})");
  write("etc/x.json", R"({"unit": "new.service"})");
  write("usr/y.json", R"({"unit": "y.service"})");
  write("etc/y.json", "");
  write("usr/z.json", R"({"unit": "z.service"})");
  std::filesystem::create_symlink("/dev/null", root_ / "etc/z.json");
  EXPECT_THAT(problems(), IsEmpty());
  const Loaded loaded = load(locations_);
  ASSERT_THAT(loaded.configuration.services, SizeIs(1));
  EXPECT_EQ(loaded.configuration.services[0].spec.unit, "new.service");
  std::vector<std::string> notes;
  for (const std::string& note : loaded.notes) {
    notes.push_back(in_tree(note));
  }
  EXPECT_THAT(notes, ::testing::UnorderedElementsAre("usr/x.json: replaced by etc/x.json",
                                                     "usr/y.json: masked by etc/y.json",
                                                     "usr/z.json: masked by etc/z.json"));
}

TEST_F(Load, AUsersSpecNamesItsUserAndIsNotOurs) {
  write("user/a.json", R"({"unit": "a.service", "user": "dev"})");
  write("etc/c.json", R"({"unit": "c.service", "user": "dev"})");
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_THAT(configuration().services, IsEmpty());
  EXPECT_THAT(configuration().of_users, SizeIs(2));
  write("user/b.json", R"({"unit": "b.service"})");
  EXPECT_THAT(
      problems(),
      ElementsAre(
          "user/b.json:1:1: /user: expected the name of the service's user, found nothing"));
}

TEST_F(Load, TheServicesStandByGroupAndUnit) {
  write("etc/a.json", R"({"unit": "z.service", "group": "a"})");
  write("etc/b.json", R"({"unit": "b.service", "group": "b"})");
  write("etc/c.json", R"({"unit": "a.service", "group": "b"})");
  std::vector<std::string> units;
  for (const Service& service : configuration().services) {
    units.push_back(service.spec.unit);
  }
  EXPECT_THAT(units, ElementsAre("z.service", "a.service", "b.service"));
}

TEST_F(Load, TheDaemonsFileMayBeMissingUnlessItWasNamed) {
  EXPECT_THAT(problems(), IsEmpty());
  locations_.daemon_file_required = true;
  EXPECT_THAT(problems(),
              ElementsAre("checklistd.json: cannot be read: No such file or directory"));
}

TEST_F(Load, ADanglingLinkIsNoMissingFile) {
  std::filesystem::create_symlink(root_ / "nowhere", root_ / "checklistd.json");
  EXPECT_THAT(problems(), SizeIs(1));
}

TEST_F(Load, ADirectoryMayBeMissingUnlessItWasNamed) {
  locations_.directories.push_back(root_ / "nowhere");
  EXPECT_THAT(problems(), IsEmpty());
  locations_.use_directories({root_ / "etc", root_ / "nowhere"});
  EXPECT_THAT(problems(), ElementsAre("nowhere: No such directory"));
}

TEST_F(Load, ADirectoryThatWasNamedMustNotBeADanglingLinkOrAFile) {
  std::filesystem::create_symlink(root_ / "nowhere", root_ / "link");
  write("file", "");
  locations_.use_directories({root_ / "link", root_ / "file"});
  EXPECT_THAT(problems(),
              ElementsAre("link: No such directory", "file: cannot be read: Not a directory"));
}

TEST_F(Load, NamesTheDirectoriesInWhichItFoundNoSpecs) {
  EXPECT_EQ(spec_count(configuration()), 0U);
  EXPECT_EQ(in_tree(no_specs_found(locations_)),
            "no specs found in usr, etc, user; `checklistctl add UNIT` writes one");
  write("user/x.json", R"({"unit": "x.service", "user": "dev"})");
  EXPECT_EQ(spec_count(configuration()), 1U);
}

TEST_F(Load, TheSystemReadsNoUsersHome) {
  for (const std::string& directory : system_locations().directories) {
    EXPECT_THAT(directory, ::testing::EndsWith("/checklistd/services.d"));
    EXPECT_THAT(directory, Not(::testing::HasSubstr("home")));
  }
}

// A user's instance reads what the administrator says of this user, then the user's own directory.
class LoadForUser : public Files {
 protected:
  void SetUp() override {
    Files::SetUp();
    locations_.directories = {root_ / "home"};
    locations_.user = "dev";
    std::filesystem::create_directory(root_ / "home");
  }
};

TEST_F(LoadForUser, TakesItsOwnSpecsAndLeavesTheOthers) {
  write("user/a.json", R"({"unit": "a.service", "user": "dev"})");
  write("user/b.json", R"({"unit": "b.service", "user": "ops"})");
  write("user/bad.json", R"({"unit": "c", "user": "ops"})");
  write("home/d.json", R"({"unit": "d.service"})");
  EXPECT_THAT(problems(), IsEmpty());
  const Configuration loaded = configuration();
  ASSERT_THAT(loaded.services, SizeIs(2));
  EXPECT_EQ(loaded.services[1].spec.unit, "d.service");
  EXPECT_EQ(loaded.services[1].spec.user, "dev");
  EXPECT_THAT(loaded.of_users, IsEmpty());
}

TEST_F(LoadForUser, TheirOwnDirectoryWins) {
  write("user/a.json", R"({"unit": "a.service", "user": "dev"})");
  write("home/a.json", R"({"unit": "mine.service"})");
  write("user/b.json", R"({"unit": "b.service", "user": "dev"})");
  write("home/b.json", "");
  EXPECT_THAT(problems(), IsEmpty());
  const Configuration loaded = configuration();
  ASSERT_THAT(loaded.services, SizeIs(1));
  EXPECT_EQ(loaded.services[0].spec.unit, "mine.service");
}

TEST_F(LoadForUser, NamesNobodyElseInTheirOwnDirectory) {
  write("home/a.json", R"({"unit": "a.service", "user": "ops"})");
  EXPECT_THAT(problems(), ElementsAre("home/a.json:1:23: /user: expected 'dev', the owner "
                                      "of this directory, found 'ops'"));
}
}  // namespace
}  // namespace checklist::config
