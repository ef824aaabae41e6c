# SPDX-License-Identifier: MIT
"""Follows "Adding things" of ARCHITECTURE.md on a copy of the sources: a check and a fact, and what notices a missing step.

Only the files that the steps touch are compiled; they are linked with the objects of an existing build of preset dev
(CHECKLIST_BUILD names its directory).
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "tests/adding/example"
BUILD = Path(os.environ.get("CHECKLIST_BUILD", ROOT / "build/dev")).resolve()
CHECK, FACT, SOURCE = "restart_count", "backlog_limit", "sockets"
ROW = f"| [{CHECK}](docs/checks/{CHECK}.md) | the service has not been restarted too often |\n"
ADDED = ("checklist_checks.dir/generated/checks_table", f"checklist_checks.dir/src/checks/{CHECK}")
CHECK_OBJECTS = (*ADDED, f"test_checks.dir/tests/unit/checks/{CHECK}_test")
CONFIG_OBJECTS = (*ADDED, "test_config.dir/tests/unit/config/pages_test", "test_config.dir/tests/unit/config/schema_test")
NO_KEY = "this key is not in the list Facts of include/checklist/facts/store.hpp"
NO_OBSERVER = "a key of Facts has no observer: add one to Observers::add_all() in src/engine/observers.cpp"


def run(command, directory, **environment):
    return subprocess.run(command, cwd=directory, shell=isinstance(command, str), text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env={**os.environ, **environment})


def succeed(command, directory, **environment):
    done = run(command, directory, **environment)
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


def steps(what):
    """The files that ARCHITECTURE.md names for "A check" or "A fact"."""
    section = (ROOT / "ARCHITECTURE.md").read_text().split("## Adding things\n")[1].split("\n## ")[0]
    part = re.split(r"\n(?=A check|A fact|Other things)", section)
    text, = (each for each in part if each.startswith(f"A {what}"))
    return set(re.findall(r"`([\w/.]+\.(?:[ch]pp|md|json))`", text))


class Tree:
    """A copy of the sources with a build directory of its own."""

    def __init__(self, root: Path):
        self.root, self.build = root, root / "build/dev"

    def named(self, path, name):
        return self.root / path.replace("NAME", name).replace("SOURCE", SOURCE)

    def add(self, path, name):
        """The example's file for that step, under the name of the thing that is added."""
        folder = "fact" if name == FACT else "check"
        text = (EXAMPLE / folder / Path(path).name).read_text()
        self.named(path, name).write_text(text.replace("NAME", name).replace("SOURCE", SOURCE))

    def edit(self, path, before, after):
        file = self.root / path
        text = file.read_text()
        assert before in text, f"{path}: {before}"
        file.write_text(text.replace(before, after, 1))

    def configure(self):
        """Without debug information, which takes a third of the time to compile and most of it to link."""
        succeed(["cmake", "--preset", "dev", "-DCMAKE_CXX_FLAGS_DEBUG=-O0"], self.root)

    def compile(self, *objects):
        return run(["ninja", *(f"CMakeFiles/{each}.cpp.o" for each in objects)], self.build)

    def link(self, target, *objects):
        """That test of the existing build, with these objects in the place of its own or beside them."""
        done = self.compile(*objects)
        assert done.returncode == 0, done.stdout
        command = succeed(["ninja", "-t", "commands", target], BUILD).strip().splitlines()[-1]
        for each in (f"CMakeFiles/{each}.cpp.o" for each in objects):
            if each in command:
                command = command.replace(each, str(self.build / each))
            else:
                command = command.replace(f" -o {target} ", f" {self.build / each} -o {target} ", 1)
        succeed(command.replace(f" -o {target} ", f" -Wl,--strip-debug -o {self.build / target} ", 1), BUILD)
        return self.build / target

    def lint(self, rule):
        return run([sys.executable, self.root / "tests/lint/repository.py", rule], self.root)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """Where the steps of the text are done, all but the schema."""
    root = tmp_path_factory.mktemp("adding") / "sources"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("build", ".git", "node_modules", "__pycache__"))
    copy = Tree(root)
    for path in ("src/checks/NAME.cpp", "tests/unit/checks/NAME_test.cpp", "docs/checks/NAME.md"):
        copy.add(path, CHECK)
    copy.edit("README.md", "| [dependencies]", ROW + "| [dependencies]")
    succeed(["ninja", "test_checks", "test_config", "test_observe"], BUILD)
    copy.configure()
    done = copy.compile(*CHECK_OBJECTS, *CONFIG_OBJECTS)
    assert done.returncode == 0, done.stdout
    return copy


@pytest.fixture(scope="module")
def config_tests(tree):
    """Runs some tests of test_config, which knows the added check."""
    program = tree.link("test_config", *CONFIG_OBJECTS)
    return lambda tests, **environment: run([program, f"--gtest_filter={tests}"], tree.root, **environment)


def test_the_text_names_every_file_that_is_touched():
    assert steps("check") == {"src/checks/NAME.cpp", "tests/unit/checks/NAME_test.cpp", "docs/checks/NAME.md", "README.md",
                              "tests/unit/checks/all_checks_test.cpp", "config/schema/service.schema.json",
                              "config/schema/checklistd.schema.json"}
    assert steps("fact") == {"include/checklist/facts/SOURCE.hpp", "include/checklist/facts/store.hpp",
                             "src/observe/SOURCE/NAME_observer.hpp", "src/observe/SOURCE/NAME_observer.cpp",
                             "tests/unit/observe/SOURCE/NAME_observer_test.cpp", "src/engine/observers.cpp"}


def test_an_added_check_passes_its_own_test_and_those_of_all_checks(tree):
    program = tree.link("test_checks", *CHECK_OBJECTS)
    said = succeed([program, "--gtest_filter=AddedCheck.*:AllChecks.*"], tree.root)
    assert "AddedCheck.FailsAfterTooManyRestarts" in said
    for rule in ("spdx", "tests_beside"):
        assert tree.lint(rule).returncode == 0, rule


def test_a_missing_unit_test_is_noticed(tree):
    test = tree.named("tests/unit/checks/NAME_test.cpp", CHECK)
    text = test.read_text()
    test.unlink()
    said = tree.lint("tests_beside")
    test.write_text(text)
    assert said.returncode == 1 and f"has no tests/unit/checks/{CHECK}_test.cpp" in said.stdout


def test_a_missing_page_is_noticed(tree, config_tests):
    assert config_tests("Pages.*:Readme.*").returncode == 0
    page = tree.named("docs/checks/NAME.md", CHECK)
    text = page.read_text()
    page.unlink()
    said = config_tests("Pages.*")
    page.write_text(text)
    assert said.returncode == 1 and "Pages.OpenWithTheChecksName" in said.stdout and CHECK in said.stdout


def test_a_missing_row_of_the_readme_is_noticed(tree, config_tests):
    tree.edit("README.md", ROW, "")
    said = config_tests("Readme.*")
    tree.edit("README.md", "| [dependencies]", ROW + "| [dependencies]")
    assert said.returncode == 1 and "Readme.HasARowForEachCheckAndNoOther" in said.stdout and CHECK in said.stdout


def test_an_old_schema_is_noticed_and_written_again(config_tests):
    said = config_tests("Schema.*")
    assert said.returncode == 1 and "Schema.FilesAreTheGeneratedOnes" in said.stdout
    config_tests("Schema.*", CHECKLIST_UPDATE_GOLDEN="1")
    assert config_tests("Schema.*").returncode == 0


def unwrapped(text):
    return re.sub(r"\s+", " ", text)


def test_a_fact_compiles_only_with_its_key_in_the_list_and_with_its_observer(tree):
    key, observers = "BacklogLimitKey", "src/engine/observers.cpp"
    include = f'#include "observe/{SOURCE}/{FACT}_observer.hpp"\n'
    line = f'      add<BacklogLimitObserver>(put<{key}>("{FACT}")),\n'
    for suffix in ("observer.hpp", "observer.cpp"):
        tree.add(f"src/observe/SOURCE/NAME_{suffix}", FACT)
    tree.add("tests/unit/observe/SOURCE/NAME_observer_test.cpp", FACT)
    facts = f"include/checklist/facts/{SOURCE}.hpp"
    tree.edit(facts, "}  // namespace checklist\n", (EXAMPLE / "fact/SOURCE.hpp.part").read_text() + "}  // namespace checklist\n")
    tree.edit(observers, '#include "observe/sockets/', include + '#include "observe/sockets/')
    tree.edit(observers, "      add<LocalPortsObserver>", line + "      add<LocalPortsObserver>")
    tree.configure()
    unlisted = tree.compile("checklist_engine.dir/src/engine/observers")
    assert unlisted.returncode != 0 and NO_KEY in unwrapped(unlisted.stdout) and key in unlisted.stdout, unlisted.stdout

    tree.edit("include/checklist/facts/store.hpp", "FactStore<RecordKey,", f"FactStore<RecordKey, {key},")
    tree.edit(observers, line, "")
    without = tree.compile("checklist_engine.dir/src/engine/observers")
    assert without.returncode != 0 and NO_OBSERVER in unwrapped(without.stdout), without.stdout
    assert key in without.stdout and without.stdout.count("error:") == 1, without.stdout

    tree.edit(observers, "      add<LocalPortsObserver>", line + "      add<LocalPortsObserver>")
    added = (f"checklist_observe.dir/src/observe/{SOURCE}/{FACT}_observer",
             f"test_observe.dir/tests/unit/observe/{SOURCE}/{FACT}_observer_test")
    done = tree.compile("checklist_engine.dir/src/engine/observers", *added)
    assert done.returncode == 0, done.stdout
    program = tree.link("test_observe", *added)
    assert "AddedObserver.ReadsTheSysctl" in succeed([program, "--gtest_filter=AddedObserver.*"], tree.root)
