"""kill -9 at the n-th side effect of a pass: a child that makes one and ends itself when its count is reached.

python -m tests.collect.kills      for each line `N PORT FOLDER` on stdin, forks a pass that is killed at effect N
                                   (0: never), and prints how it ended
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

from briefing.config import FeedSource
from briefing.sources.collecting import load_libraries
from tests.collect.passes import Night
from tests.collect.web import Web
from tests.delivery.kills import watch_files, watch_ledger

FEEDS = tuple(FeedSource(feed=f"http://h{number}.example/rss", text="feed") for number in range(3))


def main() -> None:
    load_libraries()
    for line in sys.stdin:
        effect, port, folder = line.rstrip("\n").split(" ", 2)
        child = os.fork()
        if child == 0:
            os._exit(one_pass(Path(folder), int(port), int(effect)))
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def one_pass(folder: Path, port: int, effect: int) -> int:
    ticks = count(1)

    def tick() -> None:
        if next(ticks) == effect:
            os.kill(os.getpid(), signal.SIGKILL)

    watch_files(tick)
    watch_ledger(tick)
    Night(folder, Web(port=port)).collect(*FEEDS)
    return 0


if __name__ == "__main__":
    main()
