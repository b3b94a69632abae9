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
from mkdocs_govreport.editions.claim_wording import ClaimWording, Numerals, alternatives
from mkdocs_govreport.editions.equations import Equation, Operand, Scope
from mkdocs_govreport.editions.layout import Layout, LayoutCell, Line
from mkdocs_govreport.editions.loading import load_catalogue, schemas_root
from mkdocs_govreport.editions.phrases import NamedFigure, Phrases, Subject

__all__ = [
    "Catalogue",
    "CatalogueError",
    "ClaimWording",
    "Edition",
    "Equation",
    "Label",
    "Layout",
    "LayoutCell",
    "Line",
    "NamedFigure",
    "Numerals",
    "Operand",
    "Part",
    "Phrases",
    "Rule",
    "Scope",
    "Subject",
    "Unit",
    "Wording",
    "alternatives",
    "load_catalogue",
    "schemas_root",
]
