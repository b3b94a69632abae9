"""The editions of the form, read from the data under `schemas/`."""

from mkdocs_govreport.editions.catalogue import (
    Catalogue,
    CatalogueError,
    Edition,
    Label,
    Part,
    Rule,
    Unit,
    Wording,
)
from mkdocs_govreport.editions.equations import Equation, Operand, Scope
from mkdocs_govreport.editions.layout import Layout, LayoutCell, Line
from mkdocs_govreport.editions.loading import load_catalogue, schemas_root
from mkdocs_govreport.editions.measures import Checked, Kind, Measures, month_and_day

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Checked",
    "Edition",
    "Equation",
    "Kind",
    "Label",
    "Layout",
    "LayoutCell",
    "Line",
    "Measures",
    "Operand",
    "Part",
    "Rule",
    "Scope",
    "Unit",
    "Wording",
    "load_catalogue",
    "month_and_day",
    "schemas_root",
]
