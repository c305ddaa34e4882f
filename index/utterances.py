"""A post of a chat taken apart: its words and terms, whether it says anything, asks, tells or merely reacts.

People write in haste: without diacritics, with abbreviations, drawn out, in half sentences. A pattern here is written
with its marks and matched with or without them; a chat's own words, typed with marks somewhere, tell where the words
are in a post typed without.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from index.clues import MEASURE, TIME
from index.documents import Post, Span
from index.terms import JOINER
from index.vietnamese import fold, has_diacritics, sentence_spans, syllable_spans, syllables, words

LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MENTION = re.compile(r"@\w+")
_COMMAND = re.compile(r"/[a-zA-Z_]\w*(?:@\w+)?(?:\s|$)")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_LAUGHTER = re.compile(
    r"(?:h+[aáàảiíìeéèêếoôơuư]+)+h*|k{2,}|(?:k+h?[aáàeéèêiíoô]+){2,}|lo+l|lmao+|hic+|xd+|j{2,}|hự|á{2,}|a{2,}"
)

_FUNCTION_WORDS = frozenset(
    # People, and what they are called
    "tôi tui tớ mình mìn mk mik ta tao em anh chị cô chú bác cậu dì thím ông bà cháu con bạn mày mẹ bố ba má "
    "nó họ hắn chúng_ta chúng_tôi chúng_mình chúng_em chúng_nó bọn bọn_mình tụi tụi_mình mọi_người mn mng cả_nhà nhà "
    "anh_em ae ace chị_em con_em các_bạn các_bác ad admin bro bà_con người ng ngta người_ta ai gì gj nào đâu sao mấy "
    "bao_nhiêu bn bao_giờ khi_nào bao_lâu thế_nào ntn làm_sao vì_sao tại_sao như_thế_nào nhiêu "
    # What holds a sentence together
    "là thì mà và với vs hay hoặc hoặc_là nhưng nhưng_mà nên vì do bởi bởi_vì tại nếu tuy dù mặc_dù để cho của tại trong "
    "ngoài trên dưới từ đến tới vào ra lên xuống qua về bằng theo như cùng giữa trước trc sau khi lúc hồi còn cũng cx vẫn "
    "đều chỉ mới vừa đã đang sẽ sắp rồi xong hãy đừng chớ nữa nx luôn lun lại nhau thôi tự cứ ngay từng mỗi mọi các những "
    "một vài mấy nhiều ít cả tất_cả hết toàn_bộ thêm khác kia này nay đó đấy ấy đây kìa nè thế vậy zậy vầy thì_ra "
    "hơn nhất rất quá lắm khá hơi cực siêu thật thực_sự gần hầu_như chắc có_lẽ có_thể có_khi hình_như chả chẳng không ko "
    "kh hông hong hok khong chưa được dc đc bị phải cần nên_chăng muốn định thử xem tức_là nghĩa_là tóm_lại nói_chung "
    "thế_thì vậy_thì thế_mà vậy_mà cho_nên do_đó vì_thế vì_vậy với_cả ngoài_ra đồng_thời mặc_khác tuy_nhiên đúng sai "
    "đúng_không phải_không được_không có_phải hay_là hay_không việc cái chiếc con_này thứ kiểu điều sự cuộc chỗ nơi bên "
    "phía lần lượt hôm bữa tí tý chút xíu giờ bây_giờ hiện_tại hiện_nay hôm_nay hnay hôm_qua hqua ngày_mai mai ngày tối "
    "sáng chiều trưa đêm nãy lúc_nãy vừa_nãy lát tẹo sớm muộn mãi lâu "
    # Verbs that say little by themselves
    "có đi làm lấy thấy biết bik bít nói bảo hỏi nghĩ cảm_thấy hiểu nghe nhìn gặp giúp đưa dùng gọi nhắn mang đem đặt để_ý "
    "đồng nghìn ngàn triệu tỷ tỉ bắt_đầu tiếp_tục trở_nên thành trở_thành tính lo xin báo nhớ quên giống tưởng "
    # What counts, dates and announces
    "cuối đầu tầng lầu căn toà tòa tháng năm tuần quý kỳ tuổi phút giây tiếng buổi chủ_nhật cuối_tuần cuối_tháng cuối_năm "
    "đầu_tuần đầu_tháng đầu_năm tối_qua năm_ngoái hai tư bốn sáu bảy tám chín mười khoảng tầm đợt số tên loại mẫu "
    "người_lớn đa_số tr lưu_ý chú_ý thông_báo cập_nhật ý_kiến kết_quả "
    # Said around the matter
    "ah ak ơi oi ới nhé nhá nha nhe nhen nghen nhỉ nhở hả hở ha hen ừm uh uhm um uk dạ vâng ok oki oke okie okay "
    "okela yes no yep đc_rồi chứ đi_mà thôi_mà cơ vãi vl vcl đm trời ôi ối chà wow ui úi ây_da giùm hộ dùm tks thanks "
    "cảm_ơn cám_ơn camon ơn xin_lỗi sorry please pls chào hi hello alo vui_lòng làm_ơn kính gửi quý tốt ổn chuẩn nhanh "
    "up hóng".split()
)
"""Words of a chat, as underthesea cuts them, that never tell what is spoken of."""

_ABBREVIATIONS = frozenset(
    "ko k kh dc đc vs mn mng ae nha nhe nhé nhá ng j r z bn tks ạ á à ấy ơi hả nè nhỉ a b c e h m t v".split()
)
"""What underthesea, which learnt from print, does not know for a word."""

_COURTESIES = (
    "chào buổi sáng, chào buổi tối, chào mừng, hey, good morning, good night, g9, morning, buổi sáng tốt lành, "
    "buổi tối vui vẻ, cuối tuần vui vẻ, vui vẻ, tuần mới tốt lành, tốt lành, chúc, chúc mừng, chúc mừng sinh nhật, "
    "sinh nhật vui vẻ, hpbd, happy birthday, happy, năm mới, ngủ ngon, ngủ sớm, giữ sức khỏe, mạnh khỏe, hạnh phúc, "
    "nhiều niềm vui, bye, bb, tạm biệt, thank you, thank, thks, ths, khỏe không, khỏe hết không, khỏe cả không, "
    "khỏe chứ, ăn cơm chưa, ăn sáng chưa, ăn trưa chưa, ăn tối chưa, dậy chưa, ngủ chưa, tuyệt vời, tuyệt, đỉnh, xịn, "
    "xịn xò, giỏi, giỏi quá, ngon, đẹp, đẹp quá, xinh, xinh quá, yêu, thương, thích, vui, buồn, chán, sợ, mệt, "
    "hoan hô, hoan nghênh, đồng ý, nhất trí, tán thành, ủng hộ, chính xác, hợp lý, thống nhất, chuẩn cơm mẹ nấu, "
    "nhận được rồi, đã nhận, nhận thông tin, rõ, rõ rồi, nắm được, đã đọc, duyệt, like, tim, thả tim, vote, "
    "một phiếu, hóng hớt, chấm, theo dõi, không vấn đề gì, bình thường, từ từ, rảnh không"
)
"""What people say to be kind, to agree or to react, and not to tell anything."""

_PARTICLES = frozenset(
    "vậy thế z v zậy vầy ạ à á ah ak nhỉ nhở ta hả hở ha hen nha nhé nhá nhe đây đó đấy này nè rồi luôn lun nữa ơi với "
    "chứ cơ mọi_người mn mng cả_nhà ae anh_em ace các_bạn các_bác các_mẹ các_chị các_anh các_cô các_em bà_con cả_lớp "
    "anh chị em cô chú bác bạn mẹ thầy shop sếp a c e b bro ad admin".split()
)
_PARTICLE = "|".join(
    sorted((particle.replace("_", " ") for particle in _PARTICLES), key=lambda phrase: (-len(phrase), phrase))
)

_NEGATION = "không|ko|k|kh|chả|chẳng|chưa|đừng|hông|hong|đâu có"
_INDEFINITE = "ai|gì|j|nào|đâu|bao nhiêu|khi nào|bao giờ|lúc nào|thế nào|sao|mấy"


def either(pattern: str) -> re.Pattern[str]:
    """A pattern over lower-case text that is matched with its diacritics or without any."""
    return re.compile(rf"(?<!\w)(?:{pattern}|{fold(pattern)})(?!\w)")


_ASKS = either(
    r"mấy giờ|mấy h|mấy rưỡi|ngày mấy|thứ mấy|tầng mấy|số mấy|bao nhiêu|bao giờ|khi nào|lúc nào|hôm nào|ngày nào|ở đâu|"
    r"đi đâu|đâu rồi|chỗ nào|nơi nào|thế nào|như nào|ntn|làm sao|tại sao|vì sao|sao lại|sao không|có ai|ai có|ai biết|"
    r"ai còn|ai đang|ai đi|ai tham gia|ai là|bao lâu|bao xa|"
    r"mấy (?:người|ng|suất|đội|tuổi|phần|triệu|tr|tiếng|phút|ngày|bạn|mâm|vé)|là ai|là gì|"
    r"cái gì|những gì|loại nào|bên nào|(?:có|còn|được|đc|dc) (?:không|ko|k)|"
    r"ai \w+(?: \w+)? (?:vậy|thế|v|z|zậy|nhỉ|đây|đấy|ta)\W*$|"
    r"^\W*(?:\w+ ơi,? )?ai (?!cũng|đều|chưa|không|ko|k|mà|nấy|muốn|cần)\w+|"
    r"cho (?:\w+ ){0,2}hỏi|xin hỏi|hỏi (?:chút|tí|tý|xíu|ngu)|có phải|đã \w+(?: \w+){0,6} chưa"
)
"""Words that only ask, wherever they stand."""
_ASKS_AT_END = either(
    rf"(?:không|ko|k|kh|hông|hong|hem|chưa|gì|j|nào|đâu|ai|sao|mấy|bn|nhiêu|hả|phải không|đúng không|được không)"
    rf"(?: (?:{_PARTICLE}))*\W*$"
)
_ALTERNATIVES = either(r"(?:\w+ ){1,12}hay (?!quá|lắm|thế|ho|đấy|nhỉ|ghê)(?:\w+ ){0,5}\w+\W*$")
"""A short choice: "đóng ở lễ tân hay chuyển khoản"."""
_TELLS = either(
    rf"(?:{_INDEFINITE}) (?:cũng|đều|chả|chẳng|mà|nấy)|bất (?:cứ|kỳ|kể) \w+|"
    rf"(?:{_NEGATION})(?: \w+){{0,2}} (?:gì|j|ai|đâu|nào|sao)|"
    rf"(?:chắc|là|thì|cũng|vẫn|hay|này|nay) (?:không|ko|k|chưa)(?: (?:{_PARTICLE}))*\W*$|"
    r"(?:ai|khi nào|bao giờ|lúc nào|hôm nào|chỗ nào|bên nào|nhà nào) [^?]{0,80}\b(?:thì|nhớ|xin|vui lòng|liên hệ|báo|cứ|phải)|"
    r"(?:ai|gì|j|nào|đâu|sao) đó|làm gì có|gì đâu|chứ gì|chứ sao|còn gì|có gì|gì mà|sao mà|biết đâu|ai ngờ|đâu phải|"
    r"có (?:\w+ )?đâu$"
)
"""The same words where they ask nothing: "ai cũng được", "không biết gì", "ai chưa nộp thì nộp nhé"."""
_RHETORICAL = either(
    r"^\W*(?:ủa |ơ |ô )?(?:thật|thế|vậy|ghê|vãi|đúng|chắc|ủa|hết|ok|được|rồi|phải) "
    r"(?:à|á|hả|không|ko|k|chưa|chứ|sao)|ai mà|làm gì có|gì mà|sao mà|"
    r"ai ngờ|biết đâu|(?:khỏe|khoẻ)(?: \w+)? (?:không|ko|k|chứ)|ăn (?:cơm|sáng|trưa|tối)(?: \w+)? (?:chưa|không)|"
    r"(?:dậy|ngủ) (?:chưa|không)|lâu rồi không gặp|đi đâu thế|đang làm gì"
)
"""Asked to be kind, in surprise or for effect."""
_JOKES = re.compile(r"(?:[:=]\){2,}|[😂🤣😆😝😜]|\b(?:k{3,}|(?:ha|hi|he){2,}))\W*$")

_ANSWERS = either(
    r"^\W*(?:ừ|ừm|uh|uhm|um|ờ|dạ|vâng|có|không|ko|k|chưa|rồi|ok|oke|đúng|được|dc|đc|chắc|hình như|hôm|ở|tầm|"
    r"khoảng|lúc|tại|vì|để)"
)
_REACTS = either(
    r"^\W*(?:ừ|ừm|uh|uhm|um|uk|ờ|dạ|vâng|vậy|thế|ok|oki|oke|đúng|chuẩn|được|dc|đc|rồi|thôi|hay|ơ|ủa|à thế|nhưng|mà|còn|"
    r"haha|hehe|hihi|cảm ơn|cám ơn|tks|thanks|sao|chắc|nếu thế|nếu vậy|cũng|hic)"
)
"""Leans on what was said before it."""
_ALL = (
    "mọi người|mn|mng|cả nhà|cả lớp|cả nhóm|cả team|team|ae|anh em|anh chị em|ace|bà con|cư dân|"
    "các (?:mẹ|bố mẹ|bác|bạn|anh|chị|cô|em|thầy cô)"
)
_OPENS = either(
    rf"^\W*(?:chào |dạ |alo |hi |hello )*(?:{_ALL})(?: ơi| cho| ai| có|,|:)|(?:{_ALL}) ơi|"
    rf"\w+ \w+ (?:{_ALL})(?: (?:{_PARTICLE}))?\W*$|"
    r"^\W*(?:à mà|à này|ê|tiện|nhân tiện|tiện thể|cho (?:\w+ ){0,2}hỏi|thông báo|\[\s*\w+|#\w+|có ai|ai có|ai biết|"
    r"nhà mình|xin phép|kính gửi|p/s|ngoài lề|lạc đề|chuyện khác|lưu ý|chú ý|cập nhật|nhắc)"
)
"""Opens a subject."""
_DECIDES = either(
    r"chốt|quyết định|thống nhất|thông báo|deadline|hạn|(?:trước|trc) (?:\d\S*|ngày|thứ|sáng|trưa|chiều|tối|mai|rằm)|nhớ|"
    r"lưu ý|chú ý|quan trọng|bắt buộc|kế hoạch|lịch|kết quả|phân công|yêu cầu|đề nghị|mời|đăng ký|cập nhật|đính chính|"
    r"đổi (?:sang|lại)|dời|hoãn|hủy|huỷ|tạm dừng|ib|inbox|liên hệ|khẩn|gấp|tổng cộng|tổng kết|tóm lại"
)
"""Announces, decides, reminds."""
_SETTLES = either(
    r"(?:thấy|tìm được|tìm ra|biết|được|dc|xong|ra|hiểu|có)(?: \w+){0,4} rồi|cảm ơn|cám ơn|tks|thanks|thank|camon"
)
"""Said by who asked, once the question is answered."""
_FIGURE = re.compile(r"\d")
_FIGURE_OF_CHAT = re.compile(
    r"(?<![\d.,])\d+(?:[.,]\d+)*\s*(?:k|tr|củ|h\d{0,2}|p|%|đ|vnđ|giờ|:\d{2}|/\d{1,2}|triệu|nghìn|ngàn|tỷ|người|suất|cái)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a post, without diacritics in ``plain``, its syllables joined; ``content`` where it can tell a subject."""

    plain: str
    start: int
    end: int
    content: bool


@dataclass(frozen=True, slots=True)
class Utterance:
    """A post taken apart.

    Attributes:
        post: The post.
        text: Its text with links and mentions blanked out; the same length.
        words: Its words, in order.
        terms: Its terms, folded syllables and bigrams of them, each with how much it counts, from 0 to 1.
        says: Whether it says anything: more than a greeting, thanks, laughter, a single word.
        asks: Whether it asks something; ``earnest`` where it wants an answer.
        informs: How much it looks like something to be told: 0, 1 for a figure or a time, 1 more for an announcement.
        reacts: Whether it leans on what was said before it.
        opens: Whether it opens a subject.
    """

    post: Post
    text: str
    words: tuple[Word, ...]
    terms: Mapping[str, float]
    says: bool
    asks: bool
    earnest: bool
    informs: int
    reacts: bool
    opens: bool

    @property
    def lead(self) -> Mapping[str, float]:
        """The terms of its first sentence."""
        end = next((span[1] for span in sentence_spans(self.text)), 0)
        return _terms(self.text, [word for word in self.words if word.end <= end])

    @property
    def counts(self) -> bool:
        """Whether it says or shares anything."""
        return self.says or bool(self.post.shared)

    @property
    def content(self) -> tuple[Word, ...]:
        """The words that can tell a subject."""
        return tuple(word for word in self.words if word.content)

    @property
    def is_marked(self) -> bool:
        """Whether it was typed with diacritics."""
        return _is_marked(self.text)

    @property
    def answers(self) -> bool:
        """Whether it begins as an answer does."""
        return _ANSWERS.search(self.text.lower()) is not None

    @property
    def settles(self) -> bool:
        """Whether, from who asked, it says that the question is answered."""
        return _SETTLES.search(self.text.lower()) is not None

    @property
    def is_laughter(self) -> bool:
        """Whether there is nothing in it but laughter, emoji and the like; they answer nothing."""
        return all(_LAUGHTER.fullmatch(found) for found in syllables(self.text))

    @property
    def joins_question(self) -> bool:
        """Whether it only wants to hear the answer too."""
        return _JOINS_QUESTION.search(self.text.lower()) is not None


_JOINS_QUESTION = either(
    r"hóng|cùng câu hỏi|cũng (?:đang )?(?:muốn hỏi|thắc mắc|định hỏi|hỏi|không biết|ko biết|k biết)|^\W*(?:up|\+1|chấm)\W*$"
)


def read_posts(posts: Iterable[Post]) -> list[Utterance]:
    """The posts taken apart, in the order they were sent. Each is segmented once."""
    ordered = sorted(posts, key=lambda post: post.sent)
    texts = [_blanked(post.text) for post in ordered]
    cut = [tuple(_marked_words(text)) if _is_marked(text) else None for text in texts]
    known = frozenset(
        word.plain for marked in cut if marked for word in marked if word.content and JOINER in word.plain
    )
    names = frozenset(name for post in ordered for name in syllables(post.author))
    return [
        _utterance(post, text, marked if marked is not None else tuple(_plain_words(text, known)), names)
        for post, text, marked in zip(ordered, texts, cut, strict=True)
    ]


def _blanked(text: str) -> str:
    """The text with a comma and spaces where links and mentions are, so that no phrase reaches over them."""

    def blanks(match: re.Match[str]) -> str:
        return "," + " " * (len(match.group()) - 1)

    return _MENTION.sub(blanks, LINK.sub(blanks, text))


def _is_marked(text: str) -> bool:
    """Whether a text was typed with diacritics: most Vietnamese words have some."""
    found = syllables(text)
    return not found or sum(map(has_diacritics, found)) > 0.2 * len(found)


# --- Words -----------------------------------------------------------------------------------------------------------


def _marked_words(text: str) -> Iterator[Word]:
    """underthesea's words with their places."""
    for start, end in placed(words(text), text):
        parts = syllables(text[start:end])
        if is_word(parts):
            yield _named(text, _word(JOINER.join(parts), start, end, _FUNCTION_WORDS))
        else:
            yield from _single(
                (syllable, (start + at, start + to)) for syllable, (at, to) in syllable_spans(text[start:end])
            )


def placed(tokens: Iterable[str], text: str) -> Iterator[Span]:
    """Where the words stand that underthesea cut a text into, which moves tone marks but keeps every letter.

    A cut inside a syllable ("14|h") is undone. Every syllable stands alone where the letters do not add up.
    """
    letters = [place for place, character in enumerate(text) if character.isalnum()]
    lengths = [sum(map(str.isalnum, token)) for token in tokens]
    if sum(lengths) != len(letters):
        yield from (span for _, span in syllable_spans(text))
        return
    first = last = 0
    for length in lengths:
        last += length
        if last > first and not text[letters[last - 1] + 1 : letters[last - 1] + 2].isalnum():
            yield letters[first], letters[last - 1] + 1
            first = last


def is_word(parts: Sequence[str]) -> bool:
    """Whether syllables make a word, and underthesea did not take a chat's abbreviation for part of one ("uy tín ko")."""
    return len(parts) == 1 or _ABBREVIATIONS.isdisjoint(parts)


def _single(spans: Iterable[tuple[str, Span]]) -> Iterator[Word]:
    for syllable, (start, end) in spans:
        yield _word(syllable, start, end, _FUNCTION_WORDS)


def _named(text: str, word: Word) -> Word:
    """A function word that is part of a name of two words or more is none: "đi Ba Vì"."""
    if word.content or not text[word.start].isupper() or word.start == 0:
        return word
    before, after = text[: word.start].split(" ")[-2:-1], text[word.end :].split(" ", 2)[1:2]
    beside = before if word.start > len(before[0] if before else "") + 1 else []
    is_name = any(near[:1].isupper() and near[-1:].isalnum() for near in (*beside, *after))
    return replace(word, content=is_name and len(word.plain) > 1)


def _plain_words(text: str, known: AbstractSet[str]) -> Iterator[Word]:
    """Words of a text without diacritics: the longest that the chat knows, else a syllable each."""
    spans = list(syllable_spans(text))
    place = 0
    while place < len(spans):
        length = next(
            (
                length
                for length in (4, 3, 2)
                if fold(JOINER.join(syllable for syllable, _ in spans[place : place + length])) in known
            ),
            0,
        ) or _length_of_function_word([syllable for syllable, _ in spans[place : place + 3]])
        found = spans[place : place + length]
        yield _word(
            JOINER.join(syllable for syllable, _ in found), found[0][1][0], found[-1][1][1], _plain_function_words()
        )
        place += length


@cache
def _plain_function_words() -> frozenset[str]:
    return frozenset(map(fold, _FUNCTION_WORDS))


def _length_of_function_word(upcoming: Sequence[str]) -> int:
    lengths = range(len(upcoming), 1, -1)
    return next((length for length in lengths if JOINER.join(upcoming[:length]) in _plain_function_words()), 1)


def _word(form: str, start: int, end: int, function_words: AbstractSet[str]) -> Word:
    form = _DRAWN_OUT.sub(r"\1", form)
    return Word(fold(form), start, end, is_content(form, function_words))


_PART = 0.4
"""What a syllable counts that is part of a longer word: without its marks it may be part of many."""


def is_content(form: str, function_words: AbstractSet[str] = _FUNCTION_WORDS) -> bool:
    """Whether a word in lower case, its syllables joined, can tell a subject.

    A letter by itself is an abbreviation or a slip; a number tells a subject only with what it counts.
    """
    has_letter = any(character.isalpha() for character in form)
    return has_letter and len(form) > 1 and form not in function_words and not _LAUGHTER.fullmatch(form)


def _terms(text: str, found: Sequence[Word]) -> dict[str, float]:
    terms: dict[str, float] = {}
    previous: tuple[str, int] | None = None
    for word in found:
        if not word.content:
            previous = None
            continue
        parts = word.plain.split(JOINER)
        for part in parts:
            terms[part] = 1.0 if len(parts) == 1 else max(_PART, terms.get(part, 0.0))
        terms.update(dict.fromkeys(map(JOINER.join, pairwise(parts)), 1.0))
        if previous and not text[previous[1] : word.start].strip():
            terms[JOINER.join((previous[0], parts[0]))] = 1.0
        previous = (parts[-1], word.end)
    return terms


# --- What it is ------------------------------------------------------------------------------------------------------


_BEGINNING = 1000
"""Characters of a post that are searched for measures and times: words of numbers in a row take time with their square."""


def _utterance(post: Post, text: str, found: tuple[Word, ...], names: AbstractSet[str]) -> Utterance:
    lower = text.lower()
    asks = any(_is_question(lower[start:end]) for start, end in _clauses(lower))
    beginning = lower[:_BEGINNING]
    informs = bool(MEASURE.search(beginning) or TIME.search(beginning) or _FIGURE_OF_CHAT.search(lower)) + bool(
        _DECIDES.search(lower)
    )
    said = _said(text, found, names)
    earnest = asks and _is_earnest(lower, said)
    return Utterance(
        post=post,
        text=text,
        words=found,
        terms=_terms(text, found),
        says=not _COMMAND.match(post.text) and (earnest or _says_something(text, said, informs)),
        asks=asks,
        earnest=earnest,
        informs=informs,
        reacts=_REACTS.search(lower) is not None,
        opens=_OPENS.search(lower) is not None,
    )


def _says_something(text: str, said: Sequence[Word], informs: int) -> bool:
    """Whether there is more in a post than a word: two that tell a subject, one in a sentence, or a figure of something."""
    if len(said) >= 2:
        return True
    if _FIGURE.search(text) and (informs > 0 or said):
        return True
    return bool(said) and sum(syllable not in _PARTICLES for syllable in syllables(text)) >= _SENTENCE


def _said(text: str, found: Sequence[Word], names: AbstractSet[str]) -> list[Word]:
    """The content words that are not part of a courtesy or somebody's name."""
    polite = list(_courtesies(text))
    return [
        word
        for word in found
        if word.content
        and not any(start <= word.start and word.end <= end for start, end in polite)
        and not (text[word.start].isupper() and set(syllables(text[word.start : word.end])) <= names)
    ]


@cache
def _courtesy_phrases() -> frozenset[tuple[str, ...]]:
    phrases = [tuple(syllables(phrase)) for phrase in _COURTESIES.split(",")]
    return frozenset(phrases) | {tuple(map(fold, phrase)) for phrase in phrases}


@cache
def _longest_courtesy() -> int:
    return max(map(len, _courtesy_phrases()))


def _courtesies(text: str) -> Iterator[Span]:
    """Where courtesies stand, the longest first."""
    spans = [(_DRAWN_OUT.sub(r"\1", syllable), span) for syllable, span in syllable_spans(text)]
    place = 0
    while place < len(spans):
        for length in range(min(_longest_courtesy(), len(spans) - place), 0, -1):
            if tuple(syllable for syllable, _ in spans[place : place + length]) in _courtesy_phrases():
                yield spans[place][1][0], spans[place + length - 1][1][1]
                place += length
                break
        else:
            place += 1


_SENTENCE = 5
"""Syllables, particles left out, of a post with one telling word that still says something."""
_CLAUSE_END = re.compile(r"[?!.…;\n]+")


def _clauses(text: str) -> Iterator[Span]:
    """The stretches of a text up to a mark that ends a sentence, with it."""
    start = 0
    for match in _CLAUSE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _is_question(clause: str) -> bool:
    if not any(character.isalnum() for character in clause):
        return False
    if "?" in clause:
        return True
    if _TELLS.search(clause):
        return False
    if _ASKS.search(clause) or _ALTERNATIVES.search(clause):
        return True
    return any(len(part.split()) > 2 and _ASKS_AT_END.search(part) for part in clause.split(","))


def _is_earnest(lower: str, said: Sequence[Word]) -> bool:
    """Whether a question wants an answer: it names a matter, and is not asked to be kind or in surprise."""
    if not said or _JOKES.search(lower) or (_RHETORICAL.search(lower) and len(said) < 3):
        return False
    return len(said) >= 2 or _ASKS.search(lower) is not None or len(lower.split()) >= 4


def question_span(utterance: Utterance) -> Span:
    """Where the last clause that asks stands in the text of a post that asks."""
    lower = utterance.text.lower()
    spans = [span for span in _clauses(lower) if _is_question(lower[slice(*span)])]
    return spans[-1] if spans else (0, len(lower))
