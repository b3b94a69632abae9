"""The editions of the form, read from the data under `schemas/`."""

from typing import TYPE_CHECKING

from mkdocs_govreport.editions.catalogue import (
    Catalogue,
    Edition,
    Label,
    Part,
    Unit,
    Wording,
)
from mkdocs_govreport.editions.equations import Equation, Operand, Relation, Scope
from mkdocs_govreport.editions.errors import CatalogueError
from mkdocs_govreport.editions.layout import Layout, LayoutCell, Line
from mkdocs_govreport.editions.loading import load_catalogue, schemas_root
from mkdocs_govreport.editions.measures import Checked, Kind, Measures, month_and_day
from mkdocs_govreport.editions.phrases import NamedFigure, Phrases, Subject
from mkdocs_govreport.editions.rules import Blanks, Rule, RuleScope, Standing
from mkdocs_govreport.late import late

if TYPE_CHECKING:
    from mkdocs_govreport.editions.claim_wording import ClaimWording, Numerals, alternatives

__all__ = [
    "Blanks",
    "Catalogue",
    "CatalogueError",
    "Checked",
    "ClaimWording",
    "Edition",
    "Equation",
    "Kind",
    "Label",
    "Layout",
    "LayoutCell",
    "Line",
    "Measures",
    "NamedFigure",
    "Numerals",
    "Operand",
    "Part",
    "Phrases",
    "Relation",
    "Rule",
    "RuleScope",
    "Scope",
    "Standing",
    "Subject",
    "Unit",
    "Wording",
    "alternatives",
    "load_catalogue",
    "month_and_day",
    "schemas_root",
]

__getattr__ = late(
    __name__, {"ClaimWording": "claim_wording", "Numerals": "claim_wording", "alternatives": "claim_wording"}
)
