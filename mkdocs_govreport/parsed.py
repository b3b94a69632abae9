"""YAML as plain data."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(data: bytes) -> Any:
    """Parse YAML.

    Raises:
        YAMLError: when it is not YAML.
    """
    return yaml.load(data, Loader=_LOADER)  # noqa: S506 - the C variant of the safe loader
