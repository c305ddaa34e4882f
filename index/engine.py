"""Postings and statistics: which units (passages) hold which terms.

The engine only proposes candidates; scores come from :mod:`index.scoring`. What it holds is derived from the store and
can be thrown away and built again. Its interface is small, so that another engine could stand in for what outgrows one
machine.
"""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import tantivy

from index.terms import NO_ALTERNATIVES, WEIGHTS, Alternatives, Field, Form, Terms, form_terms, idf

QuestionTerms = Mapping[Field, Sequence[str]]
"""What a question is matched by: distinct terms for each field."""

_ANALYSER = "terms"
_UNIT = "unit"
_OWNER = "owner"
_PRESENT = "present"
_WRITER_MEMORY = 64_000_000
_FREQUENCIES_KEPT = 20_000
_COMMON, _COSTLY = 0.2, 1_000
"""The share of units that hold a common term, and how many they are at least."""
_COUNTED_EXACTLY = 2_000
"""Units up to which those that hold a term are counted one by one where some were removed: of more, the share that was
removed is taken to be that of all units. It changes an idf by a few thousandths."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(_UNIT, fast=True)
    builder.add_text_field(_OWNER, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(_PRESENT, tokenizer_name="raw", index_option="basic")
    for field in Field:
        builder.add_text_field(field, tokenizer_name=_ANALYSER, index_option="freq")
    return builder.build()


class Engine:
    """Postings of units, in a folder of files that tantivy keeps.

    A unit is named by a number and belongs to an owner (a document's number), by which it is removed.
    """

    def __init__(self, folder: Path) -> None:
        """Open the files in ``folder``, or begin with none.

        Raises:
            ValueError: the files are damaged or of another schema; :meth:`discard` them and build again.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._index.register_tokenizer(_ANALYSER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())

    @staticmethod
    def discard(folder: Path) -> None:
        """Remove the files."""
        shutil.rmtree(folder, ignore_errors=True)

    def postings(self) -> "Postings":
        """What has been committed, as it is now.

        Raises:
            ValueError: the files are damaged.
        """
        self._index.reload()
        return Postings(self._index.searcher(), self._schema)

    def writer(self) -> "EngineWriter":
        """A writer; one at a time."""
        return EngineWriter(self._index, self._schema)


class Postings:
    """What an engine held at one moment; what is written later is not in it.

    Attributes:
        removed: How many units were removed and still take room, and are counted in document frequencies: until tantivy merges
            the files that they are in.
    """

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema
        self.removed = searcher.doc_freq(_PRESENT, "1") - len(self)
        self._frequencies: dict[tuple[Field, str], int] = {}

    def __len__(self) -> int:
        """How many units there are."""
        return self._searcher.num_docs

    def units(self) -> list[int]:
        """All units, in no order."""
        hits = self._searcher.search(tantivy.Query.all_query(), max(1, len(self)), count=False).hits
        units = self._searcher.fast_field_values(_UNIT, [address for _, address in hits])
        return [int(unit) for unit in units if unit is not None]

    def document_frequency(self, field: Field, term: str) -> int:
        """How many units hold a term in a field; one question asks for the same several times."""
        key = field, term
        if (known := self._frequencies.get(key)) is not None:
            return known
        if len(self._frequencies) >= _FREQUENCIES_KEPT:
            self._frequencies.clear()
        return self._frequencies.setdefault(key, self._count(field, term))

    def _count(self, field: Field, term: str) -> int:
        counted = self._searcher.doc_freq(field, term)
        if not counted or not self.removed:
            return counted
        if counted > _COUNTED_EXACTLY:
            return max(1, round(counted * len(self) / (len(self) + self.removed)))
        return int(self._searcher.search(self._term(field, term), 1, count=True).count)  # type: ignore[attr-defined]

    def candidates(
        self, terms: QuestionTerms, limit: int, alternatives: Alternatives = NO_ALTERNATIVES, *, rare: bool = False
    ) -> list[tuple[int, float]]:
        """The units that match best, with tantivy's score (BM25 with lengths rounded), best first.

        With ``rare``, by the terms alone that are not in very many units, if there are such: they tell the best ones, and
        the others cost the most.
        """
        listed = [(field, term) for field, some in terms.items() for term in some]
        if rare:
            most = max(_COSTLY, _COMMON * len(self))
            listed = [one for one in listed if self.document_frequency(*one) <= most] or listed
        clauses = [
            (tantivy.Occur.Should, self._clause(field, term, alternatives.get(term, ()))) for field, term in listed
        ]
        if not clauses:
            return []
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
        units = self._searcher.fast_field_values(_UNIT, [address for _, address in hits])
        return [(int(unit), score) for unit, (score, _) in zip(units, hits, strict=True) if unit is not None]

    def _clause(self, field: Field, term: str, forms: Sequence[Form]) -> tantivy.Query:
        query = self._weighed(field, term)
        if forms:
            query = tantivy.Query.disjunction_max_query([query, *(self._form(form, field) for form in forms)])
        return _boosted(query, WEIGHTS[field])

    def _term(self, field: Field, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term, "freq")

    def _weighed(self, field: Field, term: str) -> tantivy.Query:
        """A term, scored as if what was removed were gone: tantivy counts it in document frequencies until it is merged."""
        query = self._term(field, term)
        if not self.removed:
            return query
        counted = self._searcher.doc_freq(field, term)
        its_idf = idf(len(self) + self.removed, counted)
        return _boosted(query, idf(len(self), self.document_frequency(field, term)) / its_idf)

    def _form(self, form: Form, field: Field) -> tantivy.Query:
        """A form where all of it stands, scored like one term of it."""
        of, terms = form_terms(form, field)
        if len(terms) == 1:
            return self._weighed(of, terms[0])
        whole = tantivy.Query.boolean_query([(tantivy.Occur.Must, self._weighed(of, term)) for term in terms])
        return tantivy.Query.boost_query(whole, 1 / len(terms))

    def terms_beginning(self, field: Field, prefix: str) -> list[str]:
        """The terms of a field that begin with a prefix, the most frequent first, equals by the alphabet."""
        counted = {
            term: self.document_frequency(field, term) for term, _ in self._searcher.terms_with_prefix(field, prefix)
        }
        return sorted((term for term in counted if counted[term]), key=lambda term: (-counted[term], term))


def _boosted(query: tantivy.Query, weight: float) -> tantivy.Query:
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)


class EngineWriter:
    """Adds and removes units; what is committed is in the next :meth:`Engine.postings`."""

    def __init__(self, index: tantivy.Index, schema: tantivy.Schema) -> None:
        self._schema = schema
        self._writer = index.writer(_WRITER_MEMORY, 1)

    def add(self, unit: int, owner: int, terms: Terms) -> None:
        """Add a unit with the terms of all fields."""
        document = tantivy.Document(**{field.value: terms.joined(field) for field in Field})
        document.add_integer(_UNIT, unit)
        document.add_text(_OWNER, str(owner))
        document.add_text(_PRESENT, "1")
        self._writer.add_document(document)

    def remove(self, owner: int) -> None:
        """Remove all units of an owner."""
        self._writer.delete_documents_by_query(tantivy.Query.term_query(self._schema, _OWNER, str(owner), "basic"))

    def commit(self) -> None:
        """Make what was added and removed so far last."""
        self._writer.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error:
                self._writer.rollback()  # only then: it gives up merges too, all of whose work would be done again next time
        finally:
            self._writer.wait_merging_threads()  # lets go of the files
