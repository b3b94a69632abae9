"""What the prose of a report says of its figures: claims, found by the phrases of its edition and judged by its tables."""

from mkdocs_govreport.claims.reader import FIGURE, LIST, NONE, SHARE, read_claims

__all__ = ["FIGURE", "LIST", "NONE", "SHARE", "read_claims"]
