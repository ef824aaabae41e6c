# SPDX-License-Identifier: MIT
"""Sandboxes side by side, among which faults are divided: most of a fault's time is waiting."""

from contextlib import ExitStack
from queue import SimpleQueue
from threading import Thread

from .fault import Fault
from . import runner
from .stage import Stage


class Pool:
    """Stages that share nothing but the kernel. Each is used by one thread at a time."""

    def __init__(self, jobs: int, build, say, stage=Stage, run=runner.run):
        self._run_one = run
        self.stages = [stage(build, lambda text, number=number: say(f"sandbox {number}: {text}" if jobs > 1 else text))
                       for number in range(1, jobs + 1)]
        self._open = ExitStack()

    def __enter__(self):
        try:
            self.on_each(lambda stage: self._open.enter_context(stage))
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(self, *_):
        self._open.close()

    def on_each(self, work) -> list:
        """What `work(stage)` returns for each stage, in their order; all run at the same time."""
        results = dict(self._together(lambda stage, put: put((self.stages.index(stage), work(stage)))))
        return [results[index] for index in range(len(self.stages))]

    def run(self, faults: list[Fault]):
        """Yields outcomes in order of completion. Faults that may take long come first, those that reach other sandboxes come
        last and have the kernel to themselves."""
        if len(self.stages) == 1:
            yield from (self._run_one(self.stages[0], fault) for fault in faults)
            return
        divided = iter(sorted((each for each in faults if not each.kernel_wide), key=lambda each: -each.timeout))

        def work(stage, put):
            for fault in divided:
                put(self._run_one(stage, fault))
        yield from self._together(work)
        yield from (self._run_one(self.stages[0], fault) for fault in faults if fault.kernel_wide)

    def _together(self, work):
        """Yields what is `put` by `work(stage, put)`, which runs in a thread for each stage; raises its errors."""
        results = SimpleQueue()  # of (value, error, whether a thread ends)

        def body(stage):
            error = None
            try:
                work(stage, lambda value: results.put((value, None, False)))
            except BaseException as raised:  # carried over to the caller's thread
                error = raised
            results.put((None, error, True))
        # If the caller is interrupted, they end with the process.
        for stage in self.stages:
            Thread(target=body, args=(stage,), daemon=True).start()
        running = len(self.stages)
        while running:
            value, error, ended = results.get()
            if error:
                raise error
            if ended:
                running -= 1
            else:
                yield value
