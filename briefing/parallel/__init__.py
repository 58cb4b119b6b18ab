"""Jobs done by other processes, which may die: one executor, in the shape of `concurrent.futures`."""

# mypy: implicit-reexport

from briefing.parallel.executor import MemoryExecutor, ProcessExecutor, Terms, here, in_order, processors
