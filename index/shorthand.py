"""Chat language: abbreviations that stand for a word or two, those that stand for several with all of them."""

import re
from collections.abc import Mapping, Sequence

from index.terms import Form
from index.vietnamese import syllables

_READINGS = """
bn: bao nhiêu, bệnh nhân, bạn
bnh bnhiu bnhieu bnhiêu: bao nhiêu
nhiu: nhiêu
ntn nhtn ntnao: như thế nào
tn: thế nào
j gj: gì
lmj: làm gì
k ko kg kh hok hông khum khôg: không
z zay zậy dzậy v: vậy
dc đc: được, địa chỉ
đk dk: điều kiện, đăng ký, được
bt: biết, bình thường
bít bik bíc: biết
bh: bây giờ, bao giờ, bảo hiểm
bg: bây giờ, bao giờ
h: giờ
ng: người
ngta: người ta
mk mik: mình
b: bạn
mn mng: mọi người
vs: với
w: với
trc: trước
cx cug cũg: cũng
nx: nữa
r: rồi
lun: luôn
wa: quá
lm: làm
ns: nói
đg dg: đang
nhg nhưg: nhưng
thik: thích
sđt sdt: số điện thoại
gđ: gia đình, giám đốc
gd: giáo dục, gia đình, giám đốc
sl: số lượng, sản lượng
tl: trữ lượng, trọng lượng, trả lời
tg: thời gian, thế giới, tác giả
tgian: thời gian
tgioi: thế giới
tt: thông tin, trung tâm, tổng thống, thủ tướng, thanh toán
ttg: thủ tướng
tbt: tổng bí thư
ctn: chủ tịch nước
qh: quốc hội
xh: xã hội
kt: kinh tế, kiểm tra
ql: quản lý
kq: kết quả
nc: nghiên cứu, nói chuyện
vd: ví dụ
cn: chủ nhật, công nghệ, công nghiệp, công nhân
t1: tháng 1
t2: thứ hai, tháng 2
t3: thứ ba, tháng 3
t4: thứ tư, tháng 4
t5: thứ năm, tháng 5
t6: thứ sáu, tháng 6
t7: thứ bảy, tháng 7
t8: tháng 8
t9: tháng 9
t10: tháng 10
t11: tháng 11
t12: tháng 12
hs: học sinh, hồ sơ
sv: sinh viên
gv: giáo viên, giảng viên
nv: nhân viên, nhiệm vụ
bs: bác sĩ, bổ sung
bv: bệnh viện, bảo vệ
cty: công ty
vp: văn phòng, vi phạm
tk: tài khoản, thống kê
hđ: hợp đồng, hoạt động, hội đồng
vb: văn bản
ubnd: ủy ban nhân dân
bhxh: bảo hiểm xã hội
bhyt: bảo hiểm y tế
""".strip()

READINGS: Mapping[str, Sequence[Form]] = {
    short: tuple(tuple(syllables(reading)) for reading in readings.split(","))
    for line in _READINGS.splitlines()
    for shorts, _, readings in (line.partition(":"),)
    for short in shorts.split()
}
"""What each abbreviation stands for, in lower case, the likeliest first."""

_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")


def written_out(syllable: str) -> str:
    """A lower-case syllable as it is said: the likeliest meaning of "ko", where that is one syllable, and "alo" for "alooo"."""
    meant = READINGS.get(syllable, ((),))[0]
    return meant[0] if len(meant) == 1 else _DRAWN_OUT.sub(r"\1", syllable)
