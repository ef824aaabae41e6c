# SPDX-License-Identifier: MIT
"""Sandboxes for demo, tests and benchmarks: a real systemd beside the host's own, as root."""

from .box import Sandbox
from .machine import SandboxError

__all__ = ["Sandbox", "SandboxError"]
