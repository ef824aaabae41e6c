# SPDX-License-Identifier: MIT
"""What the programs that boot sandboxes have in common: their progress, and how they end."""

import signal
import sys
import time

from .machine import SandboxError
from .tree import TreeError

STARTED = time.monotonic()


def say(text):
    print(f"   {time.monotonic() - STARTED:5.1f}s  {text}", file=sys.stderr, flush=True)


def _interrupt(*_):
    raise KeyboardInterrupt


def end_with(main, name):
    """Exits with what `main()` returns. SIGTERM and Ctrl-C take the sandboxes down first."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except (SandboxError, TreeError, TimeoutError) as error:
        sys.exit(f"{name}: {error}")
