# SPDX-License-Identifier: MIT
"""A case: a unit, the tree of files that it needs, and what is amiss with them; as data, and as what makes it."""

from dataclasses import asdict, dataclass, replace

PLACES = ("/srv/start", "/home/start", "/tmp/start")
TREE = """cp -a /opt/oracle/tree {dir}
printf '#!{dir}/bin/interp\\nexec /usr/bin/sleep infinity\\n' > {dir}/bin/script
printf '#!/usr/bin/env start-tool-{n}\\nexec /usr/bin/sleep infinity\\n' > {dir}/bin/env-script
for i in 1 2 3 4 5; do printf "#!{dir}/bin/chain$((i - 1))\\nexec /usr/bin/sleep infinity\\n" > {dir}/bin/chain$i; done
cp {dir}/bin/interp {dir}/bin/chain0
ln -s probe {dir}/bin/link
ln -s {dir}/work {dir}/work-link
ln -s {dir}/bin/interp /usr/local/bin/start-tool-{n}
chmod 755 {dir}/bin/*"""


@dataclass(frozen=True)
class Case:
    """Everything in which two cases may differ. `{dir}` is the tree of the case, `{n}` its number."""

    place: str = PLACES[0]
    command: str = "{dir}/bin/probe"  # of ExecStart=
    unit: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()  # shell

    def to_json(self) -> dict:
        """Only what is not as in the plainest case."""
        plain = asdict(Case())
        return {key: value for key, value in asdict(self).items() if value != plain[key]}

    @staticmethod
    def from_json(given: dict) -> "Case":
        return Case(**{key: tuple(value) if isinstance(value, list) else value for key, value in given.items()})


class Placed:
    """A case under a number of its own: its tree, its unit, and the shell that makes them."""

    def __init__(self, case: Case, number: int):
        self.case, self.number = case, number
        self.directory = f"{case.place}/{number}"
        self.unit = f"start-{number}.service"

    def filled(self, text: str) -> str:
        return text.replace("{dir}", self.directory).replace("{n}", str(self.number))

    def make(self) -> str:
        """Shell that makes the tree, and then what is amiss with it. It does not matter whether both defects fit."""
        return "\n".join([self.filled(TREE), *(f"{self.filled(each)} || true" for each in self.case.defects)])

    def unit_file(self) -> str:
        lines = ["[Unit]", "StartLimitIntervalSec=0", "[Service]", "Type=exec", f"ExecStart={self.case.command}",
                 *self.case.unit]
        return "".join(f"{self.filled(each)}\n" for each in lines)

    def spec(self) -> dict:
        return {"unit": self.unit}


def simpler(case: Case) -> list[Case]:
    """Every case that differs from it in one thing, which is as in the plainest case, or gone."""
    plain, out = Case(), []
    for name in ("unit", "defects"):
        value = getattr(case, name)
        out += [replace(case, **{name: value[:i] + value[i + 1:]}) for i in range(len(value))]
    return out + [replace(case, **{name: getattr(plain, name)}) for name in ("place", "command")
                  if getattr(case, name) != getattr(plain, name)]
