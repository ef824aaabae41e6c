# SPDX-License-Identifier: MIT
"""bench BUILD_DIRECTORY BENCHMARK [NUMBER...]"""

import importlib
import sys

from sandbox import SandboxError
from sandbox.tree import TreeError


def main(build, name, *numbers):
    benchmark = importlib.import_module(f"bench.{name}")
    benchmark.run(build, *map(int, numbers))


try:
    main(*sys.argv[1:])
except KeyboardInterrupt:
    sys.exit(130)
except (SandboxError, TreeError, TimeoutError) as error:
    sys.exit(f"bench: {error}")
