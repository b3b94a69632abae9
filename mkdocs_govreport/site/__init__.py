"""The portal as MkDocs pages; the only package that imports MkDocs."""
