"""Annual government disclosure reports as a checked MkDocs portal."""
