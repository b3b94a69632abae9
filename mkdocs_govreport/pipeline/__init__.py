"""From files to a portal: every report loaded and checked, alone and against the others."""

from typing import TYPE_CHECKING

from mkdocs_govreport.late import late
from mkdocs_govreport.pipeline.cache import Cache
from mkdocs_govreport.pipeline.portal import Portal, Row, load_portal
from mkdocs_govreport.pipeline.result import Result
from mkdocs_govreport.pipeline.settings import Settings
from mkdocs_govreport.pipeline.sources import SourceFile, find_sources

if TYPE_CHECKING:
    from mkdocs_govreport.pipeline.load import load_one

__all__ = ["Cache", "Portal", "Result", "Row", "Settings", "SourceFile", "find_sources", "load_one", "load_portal"]

__getattr__ = late(__name__, {"load_one": "load"})
