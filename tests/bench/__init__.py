# SPDX-License-Identifier: MIT
"""What checklistd costs and how soon it knows, measured in a sandbox beside its peers."""
