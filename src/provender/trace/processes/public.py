"""What other rooms may use of processes."""

from provender.trace.processes.actions import record_process
from provender.trace.processes.payloads import InputLine, OutputLine, ProcessInput

__all__ = ["InputLine", "OutputLine", "ProcessInput", "record_process"]
