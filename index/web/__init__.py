"""Addresses to documents: fetched politely, never from a private or local network, and read by what they are."""

from index.web.addresses import Reach
from index.web.fetching import Fetched, Fetcher, NotModified, Validators
from index.web.reading import documents_at

__all__ = ["Fetched", "Fetcher", "NotModified", "Reach", "Validators", "documents_at"]
