"""How exact an amount of money is: rounded to its last digit, where a count is what it is."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from mkdocs_govreport.editions import Catalogue
from mkdocs_govreport.model import Number, Report

_MONEY = "money"


def half_unit(amount: Number) -> Number:
    """Return by how much an amount may be rounded: half a unit of its last digit.

    A printed 0 is exact: an office without income states none.
    """
    if not amount:
        return 0
    exponent = amount.as_tuple().exponent if isinstance(amount, Decimal) else 0
    return Decimal(5).scaleb(min(int(exponent), 0) - 1)


def money_ratios(catalogue: Catalogue) -> tuple[Decimal, ...]:
    """Return the ratios between units of money, other than one."""
    factors = sorted({unit.factor for unit in catalogue.wording.units.values() if unit.kind == _MONEY})
    return tuple(Decimal(one) / other for one in factors for other in factors if one != other)


def is_money(path: str, report: Report, catalogue: Catalogue) -> bool:
    """Whether a figure is an amount of money."""
    return _is_money(path, catalogue.edition_of(report, path).id, catalogue)


@lru_cache(maxsize=4096)
def _is_money(path: str, edition: str, catalogue: Catalogue) -> bool:
    part, figure = path.split(".", 1)
    unit = catalogue.editions[edition].layouts[part].unit(figure)
    return catalogue.wording.units[unit].kind == _MONEY
