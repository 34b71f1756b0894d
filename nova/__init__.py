"""The product: it talks to git, to memory, to the reviewers and to the person."""

__version__ = "0.1.0"
