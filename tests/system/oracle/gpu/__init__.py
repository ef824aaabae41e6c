# SPDX-License-Identifier: MIT
"""The oracle of gpu_device_access: what it says of random units and nodes, beside what the kernel does."""
