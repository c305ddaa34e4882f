import datetime as dt

import pytest

from index.documents import Passage, Source
from index.matching import Content
from index.narrowing import Statement, of_one_thing
from index.questions import Expects
from index.terms import Field
from index.values import FINDERS
from index.vietnamese import syllables

FACTORY = "Nhà máy Trà Giang"


def stated(title, text, *, heading=None, year=2025):
    """A sentence with its last time if that is an hour, or else its first amount."""
    source = Source("a.txt", title, date=dt.date(year, 1, 5))
    *_, (span, value) = FINDERS[Expects.TIME](text) if " giờ" in text else [*FINDERS[Expects.QUANTITY](text)][:1]
    return Statement(text, span, value, Passage(source, 0, 0, text, ((0, len(text)),), heading))


def are_of_one_thing(question, one, other):
    content = Content({Field.SYLLABLES: syllables(question)}, lambda *_: 1.0)
    verdicts = {of_one_thing(content, one, other), of_one_thing(content, other, one)}
    assert len(verdicts) == 1
    return verdicts.pop()


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        pytest.param(
            "nhà máy Trà Giang có công nhân",
            stated(FACTORY, "Nhà máy Trà Giang có 1.200 công nhân."),
            stated(FACTORY, "Nhà máy Trà Giang có 300 công nhân nữ."),
            id="a sort after what is counted",
        ),
        pytest.param(
            "tàu SE3 khởi hành lúc",
            stated("Lịch tàu", "Tàu SE3 khởi hành lúc 19 giờ 20, từ ga Hà Nội."),
            stated("Lịch tàu", "Tàu SE3 khởi hành lúc 1 giờ 05, từ ga Vinh."),
            id="places after the value",
        ),
        pytest.param(
            "nhà máy điện Vân Sơn có công suất",
            stated("Điện Vân Sơn", "Giai đoạn 1 của nhà máy điện Vân Sơn có công suất 600 kg."),
            stated("Điện Vân Sơn", "Giai đoạn 2 của nhà máy điện Vân Sơn có công suất 900 kg."),
            id="numbered parts",
        ),
        pytest.param(
            "bảo tàng Hải Vân có phòng",
            stated("Bảo tàng Hải Vân", "Bảo tàng Hải Vân có 12 phòng."),
            stated("Bảo tàng Hải Vân", "Khu gốm của bảo tàng Hải Vân có 3 phòng."),
            id="a part as the subject",
        ),
        pytest.param(
            "nhân viên nghỉ phép",
            stated("Nội quy lao động", "Nhân viên nghỉ phép 12 ngày."),
            stated("Nội quy lao động", "Nhân viên lâu năm nghỉ phép 15 ngày."),
            id="a sort within the question's words",
        ),
        pytest.param(
            "cảng Hòn Gai đón tàu",
            stated("Cảng Hòn Gai", "Cảng Hòn Gai đón 120 tàu."),
            stated("Cảng Hòn Gai", "Năm 2019, cảng Hòn Gai đón 300 tàu."),
            id="a year in one",
        ),
        pytest.param(
            "nồng độ bụi ở Hà Nội",
            stated("Không khí Hà Nội", "Nồng độ bụi ở Hà Nội là 142 mg trong ngày 4/1."),
            stated("Không khí Hà Nội", "Nồng độ bụi ở Hà Nội là 58 mg trong ngày 9/1."),
            id="other days",
        ),
        pytest.param(
            "bão Mây làm người chết",
            stated("Bão Mây", "Bão Mây làm 31 người chết."),
            stated("Bão Mây", "Bão Mây làm 8 người chết ở Quảng Ninh."),
            id="a place in one",
        ),
        pytest.param(
            "chuyến bay cất cánh lúc",
            stated("Chuyến bay VN215", "Chuyến bay VN215 cất cánh lúc 9 giờ."),
            stated("Chuyến bay VN215", "Ngày 3/3, chuyến bay VN215 cất cánh lúc 14 giờ."),
            id="an hour of a day that one names",
        ),
        pytest.param(
            "tàu SE3 khởi hành lúc",
            stated("Tàu SE3 chạy", "Ngày 1/2 đổi giờ, tàu SE3 khởi hành lúc 8 giờ ngày 5/3."),
            stated("Tàu SE3 chạy", "Tàu SE3 khởi hành lúc ngày 6/3, có đổi giờ."),
            id="an hour beside a day alone",
        ),
        pytest.param(
            "công ty Vạn Xuân lãi",
            stated("Vạn Xuân", "Công ty Vạn Xuân lãi 35 tỷ đồng trong quý đầu."),
            stated("Vạn Xuân", "Công ty Vạn Xuân lãi 160 tỷ đồng trong cả năm."),
            id="what each is told of after the value",
        ),
        pytest.param(
            "trận Than Vàng gặp Sông Lam lúc",
            stated("Lịch đấu", "Theo giờ Hà Nội, trận Than Vàng gặp Sông Lam lúc 20 giờ."),
            stated("Lịch đấu", "Trận Than Vàng gặp Sông Lam lúc 13 giờ."),
            id="another clock",
        ),
        pytest.param(
            "bảo vệ vào ca lúc",
            stated("Nội quy ca ngày", "Bảo vệ vào ca lúc 6 giờ."),
            stated("Nội quy ca đêm", "Bảo vệ vào ca lúc 18 giờ."),
            id="sorts in the titles",
        ),
        pytest.param(
            "được mượn xe",
            stated("Sổ tay công ty", "Nhân viên được mượn xe 2 ngày.", heading="Dành cho nhân viên"),
            stated("Sổ tay công ty", "Nhân viên được mượn xe 5 ngày.", heading="Dành cho trưởng phòng"),
            id="sorts in the headings",
        ),
        pytest.param(
            "tàu SE3 có toa",
            stated("Tin từ Vinh", "Tàu SE3 có 12 toa."),
            stated("Chuyện ở Huế", "Tàu SE3 có 9 toa."),
            id="other names around each",
        ),
        pytest.param(
            "giá vé tham quan",
            stated("Giá vé ở nơi này", "Giá vé tham quan là 100.000 đồng."),
            stated("Nhiều nơi tăng giá vé", "Giá vé tham quan là 40.000 đồng."),
            id="nothing but the question in both",
        ),
        pytest.param(
            "doanh thu Hải Long",
            stated("Hải Long năm 2023", "Doanh thu Hải Long là 320 tỷ đồng.", year=2024),
            stated("Hải Long năm 2024", "Doanh thu Hải Long là 410 tỷ đồng.", year=2025),
            id="a year in the title that is not the edition's",
        ),
    ],
)
def test_what_narrows_one_of_two_makes_another_thing_of_it(question, one, other):
    assert not are_of_one_thing(question, one, other)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        pytest.param(
            "cảng Hòn Gai đón tàu",
            stated("Cảng Hòn Gai", "Mỗi năm cảng Hòn Gai đón 120 tàu."),
            stated("Cảng Hòn Gai mở rộng", "Cảng Hòn Gai đón hơn 300 tàu, phần lớn từ Vinh."),
            id="what one goes on about",
        ),
        pytest.param(
            "trữ lượng đất hiếm Nga",
            stated(
                "Nga và Mỹ bàn hợp tác", "Nga có trữ lượng đất hiếm 3,8 triệu tấn theo ước tính của Cục Khảo sát Mỹ."
            ),
            stated("Báo cáo của Bộ Tài nguyên", "Theo Bộ Tài nguyên, trữ lượng đất hiếm của Nga là 28,7 triệu tấn."),
            id="who says so",
        ),
        pytest.param(
            "trữ lượng đất hiếm Nga",
            stated("Nga và Mỹ bàn hợp tác", "Nga có trữ lượng đất hiếm 3,8 triệu tấn."),
            stated("Báo cáo", "Bộ trưởng Kozlov tuyên bố trữ lượng đất hiếm của Nga là 28,7 triệu tấn."),
            id="who claims so",
        ),
        pytest.param(
            "phí cấp thẻ",
            stated("Phí dịch vụ 2022", "Phí cấp thẻ là 50.000 đồng.", year=2022),
            stated("Phí dịch vụ 2025", "Từ tháng 3 năm 2025, phí cấp thẻ là 100.000 đồng."),
            id="editions, and since when one holds",
        ),
        pytest.param(
            "bảo vệ ca đêm vào ca lúc",
            stated("Sổ tay bảo vệ cũ", "Bảo vệ ca đêm vào ca lúc 18 giờ."),
            stated("Sổ tay bảo vệ mới", "Ca đêm vào ca lúc 19 giờ."),
            id="what the question names itself",
        ),
    ],
)
def test_what_narrows_neither_leaves_them_of_one_thing(question, one, other):
    assert are_of_one_thing(question, one, other)
