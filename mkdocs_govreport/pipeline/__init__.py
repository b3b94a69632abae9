"""From files to a portal: every report loaded and checked, alone and against the others."""

from mkdocs_govreport.pipeline.cache import Cache
from mkdocs_govreport.pipeline.load import Result, load_one
from mkdocs_govreport.pipeline.portal import Portal, load_portal
from mkdocs_govreport.pipeline.settings import Settings
from mkdocs_govreport.pipeline.sources import SourceFile, find_sources

__all__ = ["Cache", "Portal", "Result", "Settings", "SourceFile", "find_sources", "load_one", "load_portal"]
