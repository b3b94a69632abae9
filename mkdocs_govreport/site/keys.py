"""Keys of rendered pages: digests of everything that a page depends on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mkdocs_govreport.pipeline import Portal
from mkdocs_govreport.pipeline.keys import code_digest, digest
from mkdocs_govreport.site.plan import PlannedPage
from mkdocs_govreport.site.tables import skeleton_name


def page_keys(
    portal: Portal, pages: Iterable[PlannedPage], language: str, addresses: Iterable[str], overrides: Iterable[Path]
) -> dict[str, bytes]:
    """Return the keys of pages, and of the tables without figures that they share.

    `addresses` are those of the pages that others link to; `overrides` the templates by which a site replaces ours.
    Ours use the reports that a page is about and what the registry says of agencies; those of a site may
    use the whole portal.
    """
    templates = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in overrides]
    registry = repr(portal.registry.agencies)
    severities = repr(sorted((name, severity.value) for name, severity in portal.severities.items()))
    site = digest(code_digest(), portal.catalogue.digest, registry, severities, language, repr(templates), *addresses)
    keys = {
        name: digest(site, name)
        for edition in portal.catalogue.editions.values()
        for part in edition.layouts
        for name in [skeleton_name(edition.id, part)]
    }
    for page in pages:
        about = [portal.keys.get(report.file, b"") for report in page.reports]
        if all(about):
            keys[page.subject] = digest(site, page.subject, *([portal.key] if templates else about or [portal.key]))
    return keys


def overriding_templates(theme_dirs: Iterable[str], own: Path) -> list[Path]:
    """Return the templates of folders that replace one of ours; it may take in any other of its folder."""
    folders = [Path(folder) for folder in theme_dirs if folder != str(own)]
    return [path for folder in folders if (folder / "govreport").is_dir() for path in sorted(folder.rglob("*.html"))]
