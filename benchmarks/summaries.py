"""How well clusters are summarised, beside leading sentences, LexRank and TextRank; what a digest of a chat costs.

    python -m benchmarks.summaries CLUSTERS_FILE... [--words 200]

Each file holds clusters as ``python -m index summarize --clusters`` takes them. ROUGE-1, 2 and L are F1 over syllables; of
several references the best counts. The others are cut to exactly so many words, ours is as it is. Of the digest only the
ratio counts: absolute times depend on the machine.
"""

import argparse
import datetime as dt
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer
from rouge_score.tokenizers import Tokenizer
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from index.documents import Length, Post
from index.evaluation import Cluster, read_clusters, weight_among
from index.salience import Text
from index.summaries import of_cluster
from index.talk import digest
from index.terms import idf
from index.vietnamese import sentence_spans, syllables, words

POSTS = 2000
ROUNDS = 3
SHORTEST = 4
"""One in so many clusters, those with the shortest documents, are shown by themselves too."""

Summarise = Callable[[Cluster, int], str]
"""Summarises a cluster in so many words."""


def main() -> None:
    """Print a block for each file, then what a digest costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, metavar="CLUSTERS_FILE", nargs="+")
    parser.add_argument("--words", type=int, default=200)
    options = parser.parse_args()
    for path in options.files:
        measure(path, options.words)
    time_digest()


def measure(path: Path, length: int) -> None:
    """Print the figures of a file's clusters with and without their authors' own summaries."""
    clusters = sorted(read_clusters(path), key=mean_sentences)
    weight = weight_among([text for cluster in clusters for text in cluster.texts])
    ways: dict[str, Summarise] = {
        "leading sentences in turn": leading,
        "LexRank": Central(LexRankSummarizer()),
        "TextRank": Central(TextRankSummarizer()),
        "ours": lambda cluster, length: of_cluster(cluster.texts, length, weight),
    }
    shortest = len(clusters) // SHORTEST
    print(f"{path}: {len(clusters)} clusters, {length} words")
    print(f"  {'':50}{'all':30}the {shortest} with the shortest documents")
    for label, used in (("", clusters), (", no author's summary", [without_summaries(one) for one in clusters])):
        for name, summarise in ways.items():
            scores = [score(summarise(cluster, length), cluster.references) for cluster in used]
            print(f"  {name + label:50}{mean(scores):30}{mean(scores[:shortest])}", flush=True)


def mean_sentences(cluster: Cluster) -> float:
    """How many sentences the documents of a cluster have on average."""
    return statistics.mean(len(sentences_of(text.body)) for text in cluster.texts)


def without_summaries(cluster: Cluster) -> Cluster:
    """The cluster without its authors' own summaries."""
    return replace(cluster, texts=tuple(replace(text, summary="") for text in cluster.texts))


# --- ROUGE -----------------------------------------------------------------------------------------------------------


class Syllables(Tokenizer):
    """Vietnamese syllables; the package's own tokenizer drops letters with diacritics."""

    def tokenize(self, text: str) -> list[str]:
        """Lower-case syllables and numbers, in order."""
        return syllables(text)


ROUGE = RougeScorer(["rouge1", "rouge2", "rougeL"], tokenizer=Syllables())


@dataclass(frozen=True, slots=True)
class Score:
    """ROUGE-1, ROUGE-2 and ROUGE-L in per cent, and the length in words."""

    rouge: tuple[float, ...]
    words: float

    def __format__(self, spec: str) -> str:
        return format(f"{' / '.join(f'{figure:.1f}' for figure in self.rouge)}  ({self.words:.0f})", spec)


def score(summary: str, references: Sequence[str]) -> Score:
    """The score of a summary; of several references the best counts."""
    found = ROUGE.score_multi(references, summary)
    return Score(tuple(100 * found[name].fmeasure for name in ROUGE.rouge_types), len(summary.split()))


def mean(scores: Sequence[Score]) -> Score:
    """The mean of some scores."""
    columns = zip(*(one.rouge for one in scores), strict=True)
    return Score(tuple(map(statistics.mean, columns)), statistics.mean(one.words for one in scores))


# --- Other ways to summarise -----------------------------------------------------------------------------------------


def sentences_of(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentence_spans(text)]


def all_sentences(text: Text) -> list[str]:
    """The sentences of an author's own summary and of the text."""
    return sentences_of(text.summary) + sentences_of(text.body)


def leading(cluster: Cluster, length: int) -> str:
    """The first sentence of each text, then the second of each, and so on."""
    in_turn = chain.from_iterable(zip_longest(*map(all_sentences, cluster.texts), fillvalue=""))
    return " ".join(" ".join(in_turn).split()[:length])


class Central:
    """The sentences that a summariser of sumy rates highest, the last of them cut, in the order of the texts."""

    def __init__(self, summariser: LexRankSummarizer | TextRankSummarizer) -> None:
        self._summariser = summariser

    def to_words(self, text: str) -> list[str]:
        """The syllables of a sentence; sumy asks for them."""
        return syllables(text)

    def __call__(self, cluster: Cluster, length: int) -> str:
        """Summarise a cluster in so many words."""
        sentences = [sentence for text in cluster.texts for sentence in all_sentences(text)]
        document = ObjectDocumentModel([Paragraph([SumySentence(sentence, self) for sentence in sentences])])
        best: list[int] = []
        self._summariser(document, lambda rated: best.extend(one.order for one in rated) or rated)
        chosen: dict[int, str] = {}
        for place in best:
            taken = sentences[place].split()[:length]
            length -= len(taken)
            chosen[place] = " ".join(taken)
        return " ".join(chosen[place] for place in sorted(chosen) if chosen[place])


# --- What a digest costs ---------------------------------------------------------------------------------------------

PEOPLE = "An,Bình,Chi,Dũng,Giang,Hà,Khánh,Lan,Minh,Nga,Oanh,Phúc,Quân,Sơn,Trang,Tú,Uyên,Vinh".split(",")
THINGS = (
    "thang máy,máy bơm,hầm xe,sân chơi,cổng phụ,đèn hành lang,hồ bơi,phòng gym,bãi rác,loa phường,quán cà phê,hòm thư,"
    "camera tầng 3,mái che,vòi nước,thẻ từ,lịch họp,quỹ chung,hợp đồng bảo trì,bảng thông báo,chỗ sạc xe,khu nướng thịt"
).split(",")
PLACES = "toà A,toà B,toà C,tầng 5,tầng 12,sảnh chính,khu vườn,cổng sau,tầng hầm".split(",")
DAYS = "sáng nay,chiều nay,tối qua,thứ hai,thứ sáu,cuối tuần này,mai,ngày 15,tháng sau".split(",")
TEMPLATES = """\
{thing} ở {place} lại hỏng rồi mọi người ơi
Có ai biết {thing} ở {place} bao giờ sửa xong không?
Ban quản lý báo {day} sẽ sửa {thing} ở {place}, mong cả nhà thông cảm
{day} thợ tới xem {thing}, hết khoảng {number} triệu
Mình đề nghị họp về {thing} vào {day}, ai rảnh thì đến {place} nhé
Họp {day} lúc {hour} giờ ở {place}, nội dung: {thing} và {other}
{thing} dùng được rồi, cảm ơn các bác
Sao phí {thing} tháng này lên tới {number} trăm nghìn vậy ạ?
Phí {thing} tính theo đầu người, mỗi người {number} trăm, thu trước {day}
Ai chưa đóng tiền {thing} thì chuyển cho chị {person} nhé
Em chuyển {number} trăm tiền {thing} rồi ạ
Con nhà em bị kẹt ở {thing} gần {hour} phút, nguy hiểm quá
Đã gọi kỹ thuật, {hour} giờ {day} họ đến {place}
Theo mình nên thay {thing} luôn, sửa mãi tốn {number} triệu một năm
Thay mới {thing} hết {number} triệu, quỹ còn đủ không anh {person}?
Quỹ còn {number} triệu, chi cho {thing} thì phải hoãn {other}
Nhất trí thay {thing} trước, {other} để {day} tính
Có ai nhặt được thẻ xe ở {place} không ạ, em làm rơi {day}
Thẻ đang ở chỗ bảo vệ {place} đó em
Gửi cả nhà biên bản họp {day}: https://example.com/bien-ban/{number}
{person} ơi cho xin số của thợ sửa {thing}
Số thợ đây: anh {person}, làm được cả {thing} lẫn {other}
{day} cắt nước từ {hour} giờ để rửa bể, ảnh hưởng {place}
Cắt nước mấy tiếng vậy ạ, nhà có em bé?
Khoảng {number} tiếng, cả nhà trữ nước trước nhé
Xe máy biển {number}7{hour} đỗ chắn {thing} ở {place}, chủ xe xuống dời giúp
Chó nhà ai chạy ở {place} không rọ mõm, mọi người cẩn thận
Trời mưa to, {place} ngập rồi, đừng xuống {thing}
Nước rút chưa các bác, em để xe ở {place}
Rút rồi, nhưng {thing} còn ướt, chưa bật điện được
ok
vâng ạ
haha đúng rồi
👍
Chào cả nhà buổi sáng""".splitlines()


def made_up_posts() -> list[Post]:
    """Posts of a chat of neighbours, a few minutes apart; one in five is a reply."""
    rng = random.Random(1)  # noqa: S311  # Nothing secret is made of it.
    sent = dt.datetime(2025, 5, 1, 7, tzinfo=dt.UTC)
    posts: list[Post] = []
    for number in range(POSTS):
        sent += dt.timedelta(seconds=rng.expovariate(1 / 120))
        thing, other = rng.sample(THINGS, 2)
        text = rng.choice(TEMPLATES).format(
            thing=thing,
            other=other,
            place=rng.choice(PLACES),
            day=rng.choice(DAYS),
            person=rng.choice(PEOPLE),
            number=rng.randint(2, 60),
            hour=rng.randint(7, 21),
        )
        author = rng.choice(PEOPLE)
        reply_to = rng.choice(posts[-20:]).key if posts and rng.random() < 1 / 5 else None
        posts.append(Post(str(number), author, author, sent, text, reply_to))
    return posts


def time_digest() -> None:
    """Print how long a digest takes beside segmenting its posts, in turn, the first round warming up."""
    posts = made_up_posts()
    segmenting, digesting = [], []
    for _ in range(1 + ROUNDS):
        started = time.perf_counter()
        for post in posts:
            words(post.text)
        segmented = time.perf_counter()
        digest(posts, Length.NORMAL, lambda _, __: idf(POSTS, 0))
        segmenting.append(segmented - started)
        digesting.append(time.perf_counter() - segmented)
    whole, alone = (statistics.median(rounds[1:]) for rounds in (digesting, segmenting))
    print(f"digest of {POSTS} posts {whole:.2f} s, segmentation alone {alone:.2f} s: {whole / alone:.1f} times")


if __name__ == "__main__":
    main()
