from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from underthesea import word_tokenize

from index.segmentation import segmented
from index.vietnamese import clean

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))

TEXTS = [
    "",
    " \n\t",
    "!",
    "Nga",
    "đất hiếm",
    "Theo PGS.TS. Nguyễn Văn A, ngày 02/05/2014 giá tăng 4.123,2 đồng (khoảng 5-10%) ở Tp. HCM.",
    "ß Ω ΑΣ ΑΣ Σ ǅ İstanbul ŉ 2147483647 2147483648 -5 +5 ٣ ² １２",
    "http://vnexpress.net/a?b=c email@x.vn 03-5730-2357 :)) <3 ♥‿♥ H'Mông e-mail 43H-0530 NĐ-CP v.v... 3x4 °C",
    "thuỷ quí hoà\u0301n qúa ĐẤT HIẾM\nKhông dấu: tru luong dat hiem cua nga",
]


@pytest.mark.parametrize("text", [*TEXTS, *(path.read_text(encoding="utf-8") for path in SEEDS)])
def test_words_are_those_that_underthesea_finds(text):
    assert segmented(text) == word_tokenize(text)


syllables = st.sampled_from(
    "Việt Nam đất hiếm nga Mỹ 12 3,5 ( ) . , - trữ lượng ĐẠI học quốc gia Hà Nội ßa Σας %".split()
)


@given(st.lists(syllables, max_size=40).map(" ".join) | st.text(max_size=60))
def test_words_of_any_text_are_those_that_underthesea_finds(text):
    text = clean(text)  # a row of the same control character is a tie for the model, and rounding decides
    assert segmented(text) == word_tokenize(text)
