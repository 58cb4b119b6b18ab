"""Jobs done by other processes, which may die: one executor, in the shape of `concurrent.futures`."""

from briefing.parallel.executor import ProcessExecutor, Terms, here, in_order, processors
from briefing.parallel.memory import MemoryExecutor

__all__ = ["MemoryExecutor", "ProcessExecutor", "Terms", "here", "in_order", "processors"]
