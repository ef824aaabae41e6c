# SPDX-License-Identifier: MIT
"""How to have checklistd-files look at the files again, as a shell command."""

START = "systemctl start checklistd-files.service"

# The first start may join a run that began before the caller's change; the second begins after it.
LOOK = f"{START}; {START}"
