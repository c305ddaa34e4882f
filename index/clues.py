"""Clues that a text holds the kind of words a question asks for: numbers, times, names, reasons."""

import re

from index.questions import Expects

_NUMBER_WORDS = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|tỉ|chục|nửa|đôi"
_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
CAPITALISED = rf"[{_UPPER}][\w'’.-]*"

_SCALE = "trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|chục|phần trăm"
_UNIT = (
    "đồng|đô la|usd|euro|yên|tấn|tạ|yến|kg|gram|g|mg|ml|lít|km2|km|m2|m|cm|mm|ha|hecta|độ|tuổi|năm|tháng|tuần|ngày|giờ|"
    "phút|giây|người|lần|hộ|nước|tỉnh|trường hợp"
)
_FIGURE = r"(?<![\d/.,])(?<!thứ )(?<!năm )(?<!tháng )(?<!ngày )\d+(?:[.,]\d+)*(?:\s*[-–]\s*\d+(?:[.,]\d+)*)?(?![\d/])"
_MEASURED_FIGURE = rf"{_FIGURE}(?:\s*%|(?:\s+(?:{_SCALE})\b)+(?:\s*(?:{_UNIT})\b)?|\s*(?:{_UNIT})\b)"
MEASURE = re.compile(rf"{_MEASURED_FIGURE}|\b(?:{_NUMBER_WORDS})\s+(?:{_UNIT})\b", re.IGNORECASE)
"""Tells whether a text holds a number of something that is measured: "3,8 triệu tấn", "15%".

Of a number in words it asks for the last one alone: a search that began at each word, and read to the end of the number from
there, would take quadratic time.
"""
_BEFORE_YEAR = (
    "đầu|cuối|giữa|trong|cả|hết|mỗi|từng|hằng|hàng|quanh|nhiều|mấy|vài|các|những|từ|đến|vào|tới|theo|qua|tân|thứ"
)
_AFTER_YEAR = "nay|ngoái|trước|sau|tới|qua|nào|mới|cũ|học|nhuận|đó|ấy|này|kia|và|là|thì"
_FIVE = (
    rf"{''.join(f'(?<!{word} )' for word in _BEFORE_YEAR.split('|'))}\bnăm"
    rf"(?=\s+(?!(?:{_AFTER_YEAR})\b)[^\W\d_])"
)
"""What is "five" where it counts nothing that is listed; else it is a year, or a rank."""
NUMBER = re.compile(
    rf"{_MEASURED_FIGURE}|\b(?:{_NUMBER_WORDS})(?:\s+(?:{_NUMBER_WORDS}))*\s+(?:{_UNIT})\b"
    rf"|{_FIGURE}|\b(?!năm\b)(?:{_NUMBER_WORDS})\b(?:\s+(?:{_NUMBER_WORDS})\b)*|\bnăm(?:\s+(?:{_NUMBER_WORDS})\b)+|{_FIVE}",
    re.IGNORECASE,
)
"""A number, whole, with what it measures; what measures nothing is taken whole too, so that no part of it is read twice."""
TIME = re.compile(
    r"\b(?:ngày|tháng|năm|thế kỷ|thế kỉ|thứ|mùa|quý|tuần|sáng|trưa|chiều|tối|đêm|lúc|hồi|khi|trước|sau|từ|thời)\b"
    r"[^.;,]{0,12}?\d[\d/.-]*|\b\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?\b|\b\d{1,2}(?:h\d{0,2}|:\d{2}| giờ)\b"
    r"|\b(?:1\d|20)\d{2}\b"
    r"|\b(?:hôm nay|hôm qua|ngày mai|tuần trước|tháng trước|năm ngoái|năm trước|tuần tới|sắp tới)\b",
    re.IGNORECASE,
)
PLACE = re.compile(
    rf"\b(?:tại|ở|đến|tới|từ|vào|khắp|trong|trên|qua|gần|nằm|thuộc|quê)\s+(?:\w+\s+){{0,3}}?{CAPITALISED}(?:\s+{CAPITALISED})*"
)
_HONORIFIC = "(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Bb]ác sĩ|[Gg]iáo sư|[Tt]iến sĩ|ThS|TS|BS|PGS)"
PERSON = re.compile(rf"\b{_HONORIFIC}\.?\s+{CAPITALISED}(?:\s+{CAPITALISED})*|{CAPITALISED}(?:\s+{CAPITALISED})+")
DEFINITION = re.compile(r"\b(?:là|gọi là|được hiểu là|nghĩa là|tức là|được định nghĩa|được coi là|gồm)\b")
REASON = re.compile(
    r"\b(?:vì|do|bởi|nhờ|nên|để|nhằm|khiến|gây|dẫn đến|nguyên nhân|lý do|lí do|làm cho|giúp)\b", re.IGNORECASE
)
MANNER = re.compile(r"\b(?:bằng cách|bằng|cách|thông qua|theo|qua|dùng|sử dụng|cần|nên|phải|hãy|như)\b", re.IGNORECASE)

RANK = re.compile(
    r"\b(?:thứ|hạng|top|vị trí(?: thứ)?)\s+(?:\d+|nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\b|\b(?:đầu|cuối) bảng\b",
    re.IGNORECASE,
)
PURPOSE = re.compile(
    r"\b(?:cần thiết|cần cho|dùng|sử dụng|ứng dụng|phục vụ|tác dụng|công dụng|vai trò|nguyên liệu|chế tạo)\b",
    re.IGNORECASE,
)
_ROLE = (
    "người|nhà|cựu|nguyên|tân|phó|giám đốc|tổng giám đốc|chủ tịch|tổng thống|thủ tướng|bộ trưởng|thứ trưởng|đặc phái viên|"
    "phát ngôn viên|đại diện|thành viên|chuyên gia|tác giả|lãnh đạo|trưởng|giáo sư|tiến sĩ|bác sĩ|luật sư|kỹ sư|ca sĩ|"
    "diễn viên|cầu thủ|huấn luyện viên|tướng|vua|hoàng đế|con|vợ|chồng|em|anh trai|chị|cha|mẹ|một"
)
IDENTITY = re.compile(rf"(?:(?<=[,–(] )|(?<=\()|(?<=\blà ))(?:{_ROLE})\b[^,.;–()]*", re.IGNORECASE)

NAME = re.compile(rf"{CAPITALISED}(?:\s+{CAPITALISED})+|(?<=[^.!?…]\s){CAPITALISED}")
"""Words with capitals, but one alone that opens a sentence."""
LIST = re.compile(r"[^\s,;:.][^,;:.]*(?:[,;] [^,;:.]+)+(?:,| và | hoặc )|: *\S")

CLAIMING = tuple(
    "tuyên bố, cho biết, cho hay, cho rằng, khẳng định, nhấn mạnh, thừa nhận, nhận định, nêu rõ, tiết lộ, tin rằng".split(
        ", "
    )
)
"""Verbs of speech after which stands what is claimed to be so."""
_SPEECH = (
    "nói, phát biểu, cảnh báo, kêu gọi, chia sẻ, trả lời, viết, bác bỏ, đề nghị, yêu cầu, đánh giá, từ chối, cam kết, "
    "hứa, giải thích, bày tỏ, lưu ý, chỉ trích, ca ngợi, hy vọng, lên tiếng, thông báo, dự báo, phủ nhận, bình luận, cáo buộc, "
    "tố cáo"
)
SPEECH = frozenset({*CLAIMING, *_SPEECH.split(", ")})
"""Verbs with which somebody is said to say something."""

OF_KIND = {
    Expects.NAME: NAME,
    Expects.LIST: LIST,
    Expects.RANK: RANK,
    Expects.QUANTITY: NUMBER,
    Expects.TIME: TIME,
    Expects.PLACE: PLACE,
    Expects.PERSON: PERSON,
    Expects.IDENTITY: IDENTITY,
    Expects.PURPOSE: PURPOSE,
    Expects.DEFINITION: DEFINITION,
    Expects.REASON: REASON,
    Expects.MANNER: MANNER,
}
"""What the words look like that a question of each kind asks for."""
