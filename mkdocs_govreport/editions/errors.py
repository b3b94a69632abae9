"""What is raised where the data under `schemas/` cannot be used."""


class CatalogueError(ValueError):
    """Edition data that cannot be used; the message names the file."""
