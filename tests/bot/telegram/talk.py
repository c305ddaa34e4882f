"""Talk for digests: enough of it to tell of, in a group where time passes only when a test lets it."""

import datetime as dt
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MINUTE, HOUR, DAY = 60.0, 3600.0, 24 * 3600.0

TRIP = (
    "Cuối tuần này cả nhóm đi Ba Vì, xuất phát lúc 6 giờ sáng thứ bảy ở bến xe Mỹ Đình nhé",
    "Mình đăng ký hai suất xe đi Ba Vì, tiền xe 150 nghìn một người đúng không?",
    "Đúng rồi, tiền xe đi Ba Vì là 150 nghìn, chuyển khoản cho mình trước thứ năm nhé",
)
REPORT = (
    "Báo cáo quý ba còn thiếu số liệu doanh thu của chi nhánh Đà Nẵng",
    "Chi nhánh Đà Nẵng hẹn gửi số liệu doanh thu trước chiều thứ tư",
)


class Clock:
    """Stands still at 15:30 on Wednesday, 18 November 2026 in Hanoi until it is moved."""

    def __init__(self):
        self.now = dt.datetime(2026, 11, 18, 15, 30, tzinfo=HANOI).timestamp()

    def __call__(self):
        return self.now

    @property
    def moment(self):
        """The time there."""
        return dt.datetime.fromtimestamp(self.now, HANOI)

    def set(self, day, hour, minute=0):
        """Move it to a time in November 2026."""
        self.now = dt.datetime(2026, 11, day, hour, minute, tzinfo=HANOI).timestamp()
