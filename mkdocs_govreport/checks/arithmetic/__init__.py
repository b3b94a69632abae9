"""The arithmetic of reports: the equations that hold in them and between them, and what would mend a broken one."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs_govreport.checks.arithmetic.chain import check_arithmetic
    from mkdocs_govreport.checks.arithmetic.roll_up import Members

__all__ = ["Members", "check_arithmetic"]

_LATE = {"Members": "roll_up", "check_arithmetic": "chain"}


def __getattr__(name: str) -> Any:
    """Import what solves equations when it is asked for; pages ask for the wording of numbers alone."""
    if name in _LATE:
        return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
