"""The arithmetic of reports: the equations that hold in them and between them, and what would mend a broken one."""

from typing import TYPE_CHECKING

from mkdocs_govreport.late import late

if TYPE_CHECKING:
    from mkdocs_govreport.checks.arithmetic.chain import check_arithmetic
    from mkdocs_govreport.checks.arithmetic.roll_up import Members

__all__ = ["Members", "check_arithmetic"]

__getattr__ = late(__name__, {"Members": "roll_up", "check_arithmetic": "chain"})
