# SPDX-License-Identifier: MIT
"""A sandbox that is set up before it is used."""

from .box import Sandbox


class Furnished:
    """As a context a sandbox, `box`, that furnish() has set up; it is taken down if that fails."""

    def __init__(self, name):
        self.box = Sandbox(name)

    def __enter__(self):
        self.box.__enter__()
        try:
            self.furnish()
        except BaseException:
            self.box.close()
            raise
        return self

    def __exit__(self, *_):
        self.box.close()

    def furnish(self):
        raise NotImplementedError
