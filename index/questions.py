"""What a question asks for, and the terms it is matched by.

People type in haste: "tru luong dat hiem cua nga la bn v". The words that only make it a question ("là gì", "bao
nhiêu", "cho mình hỏi") tell which kind of answer is expected and are then left out of matching.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, partial
from itertools import pairwise, product

from index.alternatives import Placed, alternatives
from index.citations import without_cited
from index.diacritics import restore
from index.mentions import Name, names_in
from index.names import Names, common_names
from index.reading import DocumentFrequency, Phrases, read, spelled_out
from index.terms import JOINER, Alternatives, Field, Form
from index.typos import TermsBeginning
from index.vietnamese import clean, fold, has_diacritics, syllable_spans, syllables, words


class Expects(StrEnum):
    """The kind of words that would answer a question.

    "Ai là giám đốc?" asks for a ``PERSON``, "ai là Putin?" for an ``IDENTITY``: which of the two shows in the documents.
    Where a question asks in several ways, the first of these is meant: "nguyên nhân là gì" asks for a ``REASON``.
    """

    RANK = "rank"
    QUANTITY = "quantity"
    TIME = "time"
    PLACE = "place"
    PERSON = "person"
    IDENTITY = "identity"
    NAME = "name"
    PURPOSE = "purpose"
    REASON = "reason"
    DEFINITION = "definition"
    MANNER = "manner"
    STATEMENT = "statement"
    LIST = "list"
    YES_NO = "yes_no"
    ANYTHING = "anything"

    __hash__ = str.__hash__  # an enumeration's own is written in Python


_PHRASES: dict[Expects, str] = {
    Expects.RANK: "thứ mấy, đứng thứ mấy, xếp thứ mấy, hạng mấy, đứng hạng mấy, xếp hạng mấy, thứ bao nhiêu, "
    "đứng thứ bao nhiêu, xếp thứ bao nhiêu, vị trí thứ mấy",
    Expects.QUANTITY: "bao nhiêu, bao nhiêu lâu, bao lâu, bao xa, mấy, cỡ nào",
    Expects.TIME: "khi nào, bao giờ, lúc nào, hồi nào, mấy giờ, chừng nào, vào lúc nào, vào khi nào, từ khi nào, "
    "từ lúc nào, vào thời gian nào, vào thời điểm nào",
    Expects.PLACE: "ở đâu, tại đâu, từ đâu, đến đâu, đâu, nơi nào, chỗ nào, ở chỗ nào, ở nơi nào",
    Expects.PERSON: "ai, những ai, của ai",
    Expects.IDENTITY: "là ai, ai là, là người nào",
    Expects.PURPOSE: "để làm gì, dùng để làm gì, dùng làm gì, dùng vào việc gì, dùng cho việc gì",
    Expects.DEFINITION: "là gì, nghĩa là gì, là cái gì, thế nào là, có nghĩa là gì, được hiểu là gì, được hiểu như thế nào, "
    "được hiểu thế nào, được hiểu ra sao, được định nghĩa là gì, được định nghĩa như thế nào, được định nghĩa thế nào, "
    "được định nghĩa ra sao",
    Expects.REASON: "vì sao, tại sao, sao, do đâu, vì đâu, tại vì sao, sao lại, sao không, lý do gì, vì cái gì",
    Expects.MANNER: "như thế nào, thế nào, ra sao, làm sao, bằng cách nào, cách nào, kiểu gì",
    Expects.STATEMENT: "nói gì, nói những gì, nói cái gì, nói điều gì, nói sao, nói thế nào, nói như thế nào, phát biểu gì, "
    "bình luận gì, nghĩ gì, nghĩ sao, nghĩ thế nào, có ý kiến gì",
    Expects.ANYTHING: "gì, làm gì, cái gì, những gì, điều gì, nào, những nào, thì sao",
}
_ME = "|mình|tôi|em|tớ|tui|anh|chị|cháu|bác"
_COURTESIES = (  # Groups of alternatives; an empty one leaves its group out.
    ("|làm ơn|vui lòng|xin", "cho", _ME, "|xin", "hỏi", "|về|là|rằng|xíu|tí|chút"),
    (
        "|bạn|ad|bot",
        "|có thể|làm ơn|vui lòng|xin|hãy",
        "cho|nói cho|chỉ|giúp",
        "mình|tôi|em|tớ|tui",
        "biết",
        "|là|rằng|về",
    ),
    ("xin|muốn|cần|mình|tôi|em", "|xin|muốn|cần|định", "hỏi", "|là|về|chút|tí"),
    ("bạn|ad|admin|bot|mọi người|cả nhà|các bạn|anh|chị|em|shop", "ơi"),
    ("bạn|ad|bot", "có|có thể", "biết|cho biết"),
    ("hãy|vui lòng|làm ơn|xin hãy", "|cho", "biết|nêu|kể"),
    ("theo|trong", "bài báo|bài viết|tài liệu|bản tin|văn bản|đoạn văn|nội dung", "|trên|này|đó", "thì|"),
    ("giúp|giùm|dùm|hộ", "mình|tôi|em|tớ", "|với|nhé|nha"),
)
_CLOSERS = (
    "ạ, với ạ, nhỉ, nhé, nha, nhen, nghen, hả, vậy, vậy bạn, vậy bạn ơi, vậy ạ, thế ạ, hả bạn, hả ad, vậy ad, đi ạ, đây ạ, "
    "đấy ạ, cảm ơn, cám ơn, cảm ơn bạn, cảm ơn ạ, thanks, tks, có phải, phải không, đúng không, có đúng không, hay không, "
    "cho biết, có biết, cho hỏi, được không ạ"
)
_NOUNS: dict[Expects, str] = {
    Expects.TIME: "năm, ngày, tháng, giờ, mùa, thứ, thời gian, thời điểm, thời kỳ, thời kì, giai đoạn, thế kỷ, thế kỉ, "
    "thập niên, thập kỷ",
    Expects.PLACE: "nước, tỉnh, quận, huyện, xã, vùng, nơi, đảo, châu, quốc gia, thành phố, khu vực, địa điểm, địa phương, "
    "thủ đô, châu lục, lãnh thổ, vùng đất",
    Expects.PERSON: "người, ông, bà, vua, tướng, nhân vật, vị vua, bác sĩ, ca sĩ, nghệ sĩ, diễn viên, cầu thủ, hoàng đế, "
    "tổng thống, thủ tướng, chủ tịch, đạo diễn, tác giả, nhà văn, nhà thơ, nhà khoa học",
    Expects.NAME: "đảng, báo, tên, tờ báo, tạp chí, bệnh viện, công ty, tổ chức, cơ quan, trường, đại học, viện, "
    "ngôn ngữ, tôn giáo, giải thưởng, danh hiệu, tác phẩm, cuốn sách, bộ phim, hiệp ước, tên gọi",
    Expects.REASON: "nguyên nhân, lý do, lí do, mục đích",
}
"""Nouns that tell what is asked for, right before the words that ask: "năm nào", "nguyên nhân là gì"."""
_ATTRIBUTES: dict[Expects, str] = {
    Expects.QUANTITY: "trữ lượng, dân số, diện tích, sản lượng, số lượng, số người, số ca, số tiền, số dân, khối lượng, "
    "trọng lượng, cân nặng, chiều cao, chiều dài, chiều rộng, độ cao, độ sâu, độ dài, độ tuổi, tuổi thọ, công suất, "
    "tốc độ, vận tốc, nhiệt độ, lượng mưa, mật độ, tỷ lệ, tỉ lệ, tỷ giá, tỉ giá, lãi suất, thuế suất, giá, giá bán, "
    "giá vé, giá trị, doanh thu, lợi nhuận, kim ngạch, chi phí, kinh phí, học phí, lệ phí, mức phí, mức phạt, "
    "tiền phạt, mức lương, lương, tuổi, quy mô, tổng số, tổng vốn, vốn đầu tư",
    Expects.TIME: "ngày sinh, năm sinh, ngày mất, năm mất, thời gian, thời hạn, thời điểm, giờ mở cửa, giờ làm việc, "
    "hạn nộp, hạn chót, ngày khai giảng",
    Expects.PLACE: "nơi sinh, quê, quê quán, thủ đô, địa chỉ, địa điểm, trụ sở, vị trí",
    Expects.PERSON: "tác giả, đạo diễn, người sáng lập, người đứng đầu",
}
"""What a question that is no more than a name for it asks for: "dân số Hà Nội"."""
ATTRIBUTION = re.compile(
    r"^\W*(?:theo|căn cứ|dựa vào|dựa trên)\s+([^,?]{2,80}?),|^\W*((?:bộ luật|luật)\s[^,?]{2,60}?)\s+(?:quy định|định nghĩa)",
    re.IGNORECASE,
)
"""Who says so ("Theo Bộ luật Dân sự 2015, …"): seldom told in the passage that does."""
_ANYWHERE = Expects.REASON
"""The kind whose nouns tell it wherever they stand: "nguyên nhân gây bệnh là gì"."""
_LISTS = "kể tên, liệt kê, gồm những, bao gồm"
_AMBIGUOUS = frozenset({"sao", "dau", "may", "a", "ha", "vay", "nha", "nhe", "nhi", "nao"})
"""One-syllable phrases that may be another word ("ngôi sao"), or part of one typed without marks ("nhà máy", "đầu")."""
_OTHER_WORDS = {"nghi": "nghỉ"}
"""What may be meant by the plain syllable that a longer phrase begins with: "nghi the nao" asks of leave where documents do."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    Attributes:
        text: The question, cleaned, with chat abbreviations written out, and mended.
        runs: Its content in stretches of lower-case syllables, parted where question words stood.
        expects: The kind of answer it asks for.
        asked_unit: For a quantity, the word after "bao nhiêu" ("bao nhiêu nguyên tố"), in syllables: what is counted.
        is_topic: Whether it names a subject without asking anything of it ("đất hiếm").
        alternatives: What counts as having one of its terms: a name's other forms, a number's other spellings.
        links: Pairs of the last syllable of what is asked about and the "là" that asks ("đất hiếm là gì"): what answers
            often goes on with it ("đất hiếm là …").
        source: The name of a law that the question says is to tell ("theo Bộ luật Dân sự 2015"), in syllables without
            diacritics; it is no part of the content.
        capitals: Syllables of the content that are written with a capital though they do not open the question.
        told: The question for people to see how it was read; empty where nothing was read that could surprise them.
        speaker: Whose words it asks for ("Putin nói gì về …"), in syllables.
        names: What it names, as far as the documents mention it.
        unmentioned: What it names that no document mentions, as it is written.
    """

    text: str
    runs: tuple[tuple[str, ...], ...]
    expects: Expects
    asked_unit: tuple[str, ...]
    is_topic: bool
    alternatives: Alternatives = field(default_factory=dict)
    links: tuple[tuple[str, str], ...] = ()
    source: tuple[str, ...] = ()
    capitals: frozenset[str] = frozenset()
    told: str = ""
    speaker: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    unmentioned: tuple[str, ...] = ()

    @property
    def content(self) -> tuple[str, ...]:
        """The distinct syllables of the content, in order."""
        return tuple(dict.fromkeys(syllable for run in self.runs for syllable in run))


def _phrases() -> dict[Form, Expects | None]:
    listed: dict[Form, Expects | None] = {}
    for expects, text in _PHRASES.items():
        listed.update({tuple(syllables(phrase)): expects for phrase in text.split(",")})
    courtesies = (
        " ".join(parts) for groups in _COURTESIES for parts in product(*(group.split("|") for group in groups))
    )
    listed.update({tuple(syllables(phrase)): None for phrase in (*courtesies, *_CLOSERS.split(","))})
    return listed


_MARKED_PHRASES = _phrases()
_BY_SYLLABLES = {tuple(map(fold, phrase)): expects for phrase, expects in _MARKED_PHRASES.items()} | _MARKED_PHRASES


def _by_form(nouns: Mapping[Expects, str]) -> dict[Form, Expects]:
    listed = {tuple(syllables(noun)): kind for kind, text in nouns.items() for noun in text.split(",")}
    return {tuple(map(fold, noun)): kind for noun, kind in listed.items()} | listed


_BY_NOUN = _by_form(_NOUNS)
_BY_ATTRIBUTE = {form: kind for form, kind in _by_form(_ATTRIBUTES).items() if len(form) > 1 or has_diacritics(form[0])}
_SAID = re.compile(r"\w")
_COPULAS = frozenset({"là", "la"})
_DEFINED = re.compile(r"(?:định nghĩa|dinh nghia|khái niệm|khai niem)(?: (?:của|cua|về|ve))? (?=\w)")
"""What a question that names its subject alone opens with where a definition is asked for: "định nghĩa của đất hiếm"."""
_WHETHER = frozenset({"khong", "chua"})
"""What ends a question for yes or no, without diacritics."""
_LIST_WORDS = {tuple(syllables(words)) for words in _LISTS.split(",")}
_BY_LETTERS: dict[Form, list[Form]] = {}
for _phrase in _MARKED_PHRASES:
    _BY_LETTERS.setdefault(tuple(map(fold, _phrase)), []).append(_phrase)
_ASK_WITH_A_NOUN = frozenset({Expects.ANYTHING, Expects.DEFINITION})
_LONGEST = max(map(len, _BY_SYLLABLES))
_ASKING = Phrases(
    [*_MARKED_PHRASES], asking=[phrase for phrase, expects in _MARKED_PHRASES.items() if expects is not None]
)


def parse(
    text: str,
    document_frequency: DocumentFrequency,
    *,
    names: Names | None = None,
    beginning: TermsBeginning = lambda _: (),
) -> Question:
    """Understand a question.

    Args:
        text: What was typed.
        document_frequency: How many passages hold a term: the documents' own vocabulary tells what was meant.
        names: Names in their forms; those that come with the project by default.
        beginning: Gives the documents' syllables, without diacritics, that begin with some letters.
    """
    names = names or common_names()
    reading = read(clean(text).strip(), _ASKING, names, document_frequency, beginning)
    text = reading.text
    runs: list[list[Placed]] = [[]]
    found: list[Expects] = []
    counted: list[Placed] = []
    defined: list[list[Placed]] = []
    speaking: list[Placed] = []
    restored = cache(partial(with_marks, text, document_frequency))
    for placed, phrase in _split(text, restored, document_frequency):
        if phrase is None:
            runs[-1].append(placed)
            continue
        before = runs[-1]
        runs.append([])
        expects = _BY_SYLLABLES[phrase]
        if expects is Expects.DEFINITION or not _COPULAS.isdisjoint(phrase):
            defined.append(runs[-1] if phrase[-1] in _COPULAS else before)
        if expects is not None:
            found += [expects, *(_told_by_noun(_syllables(before), phrase) if expects in _ASK_WITH_A_NOUN else ())]
            counted = runs[-1] if expects is Expects.QUANTITY else counted
            speaking = before if expects is Expects.STATEMENT else speaking
    if asked := _DEFINED.match(" ".join(_syllables(runs[0]))):
        del runs[0][: len(asked.group().split())]
        found.append(Expects.DEFINITION)
        defined.append(runs[0])
    found += _told_by_words([_syllables(run) for run in runs])
    found = found or _told_by_attribute(next((_syllables(run) for run in runs if run), []))
    unit = _syllables(counted)
    said_by = ATTRIBUTION.match(text)
    named = names_in(text, names, start=said_by.end() if said_by else 0)
    copula = "là" if has_diacritics(text) else "la"
    links = tuple((run[-1][0], copula) for run in defined if run)
    content, source = without_cited(text, runs)
    return Question(
        text=text,
        runs=tuple(tuple(_syllables(run)) for run in content if run),
        expects=min(found, key=tuple(Expects).index, default=Expects.ANYTHING),
        asked_unit=tuple(unit[: _known_length(unit, document_frequency)]),
        is_topic=not found and "?" not in text,
        alternatives=alternatives(text, content, names, reading.others, document_frequency),
        links=links,
        source=source,
        capitals=_capitals(text, content),
        told=reading.told,
        speaker=tuple(_syllables(speaking)),
        names=tuple(name for name in named if name.is_mentioned(document_frequency)),
        unmentioned=tuple(dict.fromkeys(name.written for name in named if not name.is_mentioned(document_frequency))),
    )


def without_abbreviations(
    text: str, document_frequency: DocumentFrequency, *, names: Names, beginning: TermsBeginning
) -> str:
    """A question with the abbreviations written out that stand for one thing alone; arguments as in :func:`parse`."""
    return spelled_out(text, _ASKING, names, document_frequency, beginning)


def with_marks(text: str, document_frequency: DocumentFrequency) -> dict[int, str]:
    """The syllables of a text by where they begin, with the diacritics that they seem to have lost."""
    placed = list(syllable_spans(text))
    listed = [syllable for syllable, _ in placed]
    least = _OWN_SPELLING_AMONG_MARKED if has_diacritics(text) else _OWN_SPELLING
    if any(_lost_marks(syllable, least, document_frequency) for syllable in listed):
        listed = restore(listed, partial(_ASKING.frequency, document_frequency))
    return {span[0]: syllable for (_, span), syllable in zip(placed, listed, strict=True)}


def _capitals(text: str, runs: Iterable[Sequence[Placed]]) -> frozenset[str]:
    """The syllables with a capital that is not due to where they stand."""
    if text.isupper():
        return frozenset()
    return frozenset(
        syllable for run in runs for syllable, (start, _) in run if text[start].isupper() and _SAID.search(text[:start])
    )


def _syllables(run: Sequence[Placed]) -> list[str]:
    return [syllable for syllable, _ in run]


def _told_by_noun(before: Sequence[str], phrase: Sequence[str]) -> Iterator[Expects]:
    """The kind that the noun right before asking words tells ("năm nào"), and whether several things are asked for."""
    nouns = (tuple(before[-length:]) for length in range(min(3, len(before)), 0, -1))
    kind = next((_BY_NOUN[noun] for noun in nouns if noun in _BY_NOUN), None)
    if kind:
        yield kind
    if "những" in (*before[-4:], *phrase):
        yield Expects.LIST


def _told_by_attribute(run: Sequence[str]) -> list[Expects]:
    """The kind that a noun tells where nothing asks and something follows it: "dân số Hà Nội"."""
    kinds = [_BY_ATTRIBUTE.get(tuple(run[:length])) for length in range(min(3, len(run) - 1), 0, -1)]
    return [kind for kind in kinds if kind][:1]


def _told_by_words(runs: Sequence[Sequence[str]]) -> Iterator[Expects]:
    """The kinds that words tell wherever they stand."""
    for run in runs:
        for pair in pairwise(run):
            if _BY_NOUN.get(pair) is _ANYWHERE:
                yield _ANYWHERE
            if pair in _LIST_WORDS:
                yield Expects.LIST
    last = next((run for run in reversed(runs) if run), [])
    if last and fold(last[-1]) in _WHETHER:
        yield Expects.YES_NO


def _lost_marks(syllable: str, least: float, document_frequency: DocumentFrequency) -> bool:
    """Whether a syllable is plain, and less than that share of the passages with its letters spell it so."""
    if fold(syllable) != syllable:
        return False
    folded = document_frequency(Field.FOLDED_SYLLABLES, syllable)
    return document_frequency(Field.SYLLABLES, syllable) < least * folded


def _split(
    text: str, restored: Callable[[], Mapping[int, str]], document_frequency: DocumentFrequency
) -> Iterator[tuple[Placed, Form | None]]:
    """The syllables of a question with their places, and the phrase that only asks where one begins there."""
    listed, spans = [], []
    for syllable, span in syllable_spans(text):
        listed.append(syllable)
        spans.append(span)
    shouted = text.isupper()
    position = 0
    while position < len(listed):
        phrase = _phrase_at(listed[position : position + _LONGEST])
        if phrase and phrase[0] == "ai" and text[slice(*spans[position])] == "AI" and not shouted:
            phrase = None  # artificial intelligence
        elif phrase and len(phrase) == 1 and phrase[0] in _AMBIGUOUS:
            meant = restored()[spans[position][0]]
            if meant == phrase[0]:
                phrase = None if _is_part_of_word(listed, position, document_frequency) else phrase
            elif (meant,) not in _MARKED_PHRASES:
                phrase = None  # "não", not "nào"
        elif phrase and (other := _OTHER_WORDS.get(listed[position])) and document_frequency(Field.SYLLABLES, other):
            phrase = None
        yield (listed[position], spans[position]), phrase
        position += len(phrase) if phrase else 1


def _is_part_of_word(listed: Sequence[str], position: int, document_frequency: DocumentFrequency) -> bool:
    """Whether the documents know a syllable together with the one before or after it: "nhà máy", "sao Hỏa"."""
    near = listed[max(0, position - 1) : position + 2]
    return any(document_frequency(Field.FOLDED_BIGRAMS, fold(JOINER.join(pair))) for pair in pairwise(near))


def _phrase_at(upcoming: Sequence[str]) -> tuple[str, ...] | None:
    for length in range(len(upcoming), 0, -1):
        if (phrase := tuple(upcoming[:length])) in _BY_SYLLABLES:
            return phrase
        for marked in _BY_LETTERS.get(tuple(map(fold, phrase)), ()) if length > 1 else ():
            if all(one in {syllable, fold(syllable)} for one, syllable in zip(phrase, marked, strict=True)):
                return marked  # some of its marks are there: "noi gì"
    return None


# --- Terms -----------------------------------------------------------------------------------------------------------

_LONGEST_WORD = 4
_OWN_SPELLING = 0.3
_OWN_SPELLING_AMONG_MARKED = 0.05
"""A plain syllable is taken as it stands if at least this share of the passages with its letters spell it so; less will
do in a question where others have their marks."""


def question_terms(question: Question, document_frequency: DocumentFrequency) -> dict[Field, list[str]]:
    """The distinct terms of each field that a question is matched by.

    A question typed with its marks is matched exactly. Where some syllables seem to have lost theirs (hardly any
    passage spells them so), marked syllables are matched exactly and plain ones without regard to marks.
    """
    least = _OWN_SPELLING_AMONG_MARKED if has_diacritics(question.text) else _OWN_SPELLING

    terms: dict[Field, dict[str, None]] = {field: {} for field in Field}
    if not any(_lost_marks(syllable, least, document_frequency) for syllable in question.content):
        for run in question.runs:
            terms[Field.SYLLABLES].update(dict.fromkeys(run))
            terms[Field.BIGRAMS].update(dict.fromkeys(JOINER.join(pair) for pair in pairwise(run)))
        terms[Field.BIGRAMS].update(dict.fromkeys(map(JOINER.join, question.links)))
        content = set(question.content)
        terms[Field.WORDS].update(
            dict.fromkeys(word for word in words(question.text) if content.issuperset(syllables(word)))
        )
    else:
        for run in question.runs:
            for syllable in run:
                terms[_field_for(Field.SYLLABLES, syllable)][syllable] = None
            terms[Field.FOLDED_WORDS].update(dict.fromkeys(_known_words(run, document_frequency)))
        for pair in (*(pair for run in question.runs for pair in pairwise(run)), *question.links):
            exact = all(fold(syllable) != syllable for syllable in pair)
            bigram = JOINER.join(pair)
            terms[Field.BIGRAMS if exact else Field.FOLDED_BIGRAMS][bigram if exact else fold(bigram)] = None
    return {field: list(listed) for field, listed in terms.items() if listed}


def _field_for(field: Field, term: str) -> Field:
    return field if fold(term) != term else field.folded


def _known_words(run: Sequence[str], document_frequency: DocumentFrequency) -> Iterator[str]:
    """Words without marks, by the longest match in the documents' own vocabulary.

    underthesea knows words with their marks only.
    """
    position = 0
    while position < len(run):
        length = _known_length(run[position:], document_frequency)
        yield fold(JOINER.join(run[position : position + length]))
        position += length


def _known_length(run: Sequence[str], document_frequency: DocumentFrequency) -> int:
    """How many syllables the longest word has that the documents know and the run begins with; 1 if they know none."""
    lengths = range(min(_LONGEST_WORD, len(run)), 1, -1)
    return next(
        (length for length in lengths if document_frequency(Field.FOLDED_WORDS, fold(JOINER.join(run[:length])))),
        1,
    )
