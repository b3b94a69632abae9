"""The editions of the form, read from the data under `schemas/`."""

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
from mkdocs_govreport.editions.rules import Blanks, Rule, RuleScope, Standing

__all__ = [
    "Blanks",
    "Catalogue",
    "CatalogueError",
    "Edition",
    "Equation",
    "Label",
    "Layout",
    "LayoutCell",
    "Line",
    "Operand",
    "Part",
    "Relation",
    "Rule",
    "RuleScope",
    "Scope",
    "Standing",
    "Unit",
    "Wording",
    "load_catalogue",
    "schemas_root",
]
