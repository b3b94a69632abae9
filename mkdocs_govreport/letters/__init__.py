"""Letters that ask an agency to check its report, as Word files and as Markdown."""

from mkdocs_govreport.letters.blocks import Letter
from mkdocs_govreport.letters.content import query_letter
from mkdocs_govreport.letters.markdown import letter_as_markdown
from mkdocs_govreport.letters.word import letter_as_word

__all__ = ["FORMATS", "Letter", "query_letter"]

FORMATS = {"docx": letter_as_word, "md": letter_as_markdown}
"""What a letter can be written as."""
