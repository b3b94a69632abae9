"""All that is checked between reports: those of each agency by equations, then all of them against one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mkdocs_govreport.checks import Findings, check_arithmetic
from mkdocs_govreport.model import Claim, Finding, Origin, Report
from mkdocs_govreport.pipeline.across import check_across, check_prose
from mkdocs_govreport.pipeline.cache import Cache
from mkdocs_govreport.pipeline.chains import Chain, chains
from mkdocs_govreport.pipeline.keys import digest
from mkdocs_govreport.pipeline.outcomes import kept_outcomes
from mkdocs_govreport.pipeline.result import Result
from mkdocs_govreport.pipeline.settings import Settings


def check_between(
    reports: Sequence[Report],
    results: Sequence[Result],
    known: Iterable[Finding],
    claims: Mapping[str, tuple[Claim, ...]],
    settings: Settings,
    cache: Cache | None,
) -> list[Finding]:
    """Check reports against one another; `known` are what was found of them together already."""
    keys = {result.file: result.key for result in results}
    found = _arithmetic(reports, claims, settings, keys, cache)
    across = check_across(reports, results, [*known, *found], settings)
    return [*found, *across, *check_prose(reports, results, settings, cache)]


def _arithmetic(
    reports: Iterable[Report],
    claims: Mapping[str, tuple[Claim, ...]],
    settings: Settings,
    keys: Mapping[str, bytes],
    cache: Cache | None,
) -> list[Finding]:
    """Check the reports of each agency; `keys` are those of their results, on which nothing else has an influence."""
    all_chains = list(chains(reports, settings.registry))

    def check(number: int) -> tuple[Finding, ...]:
        chain = all_chains[number]
        severities = settings.severities
        found = Findings(settings.catalogue, severities)
        with found.guarded("sums", Origin(chain.reports[0].file)):
            found.items += check_arithmetic(
                chain.reports, settings.catalogue, severities, members=chain.members, claims=claims
            )
        return tuple(found.items)

    outcomes = kept_outcomes(cache, [_key_of_chain(chain, keys) for chain in all_chains], check)
    return [finding for findings in outcomes for finding in findings]


def _key_of_chain(chain: Chain, keys: Mapping[str, bytes]) -> bytes:
    """Return what tells a chain from any other; which members have no report follows from the registry in the keys."""
    members = [report for year in sorted(chain.members) for report in chain.members[year].reports]
    own = [keys[report.file] for report in (*chain.reports, *members)]
    return digest("arithmetic", *own) if all(own) else b""
