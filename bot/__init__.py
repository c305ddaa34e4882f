"""The conversation over a collection of documents, and its faces."""
