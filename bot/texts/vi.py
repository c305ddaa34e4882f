"""Tiếng Việt: "mình" và "bạn", ngắn gọn và tử tế."""

from collections.abc import Mapping
from datetime import datetime, time

from bot.texts.catalogue import Texts, quoted, rounded
from index.documents import Length, Outcome

_MINUTE = 60
_MEGABYTE = 1_000_000


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} giây".replace(".", ",")


def _size(size: int) -> str:
    return f"{_number(-(-size // 1000))} kB" if size < _MEGABYTE else f"{size / _MEGABYTE:.1f} MB".replace(".", ",")


def _documents(count: int) -> str:
    return f"{_number(count)} tài liệu"


def _time(time_of_day: time) -> str:
    return f"{time_of_day:%H:%M}"


def _wait(seconds: int) -> str:
    return f"{seconds} giây" if seconds < _MINUTE else f"{_number(-(-seconds // _MINUTE))} phút"


def _hour(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def _day_and_hour(moment: datetime) -> str:
    return f"{_hour(moment)} ngày {moment.day}/{moment.month}"


def _period(since: datetime, until: datetime) -> str:
    begin = _hour(since) if since.date() == until.date() else _day_and_hour(since)
    return f"từ {begin} đến {_day_and_hour(until)}"


def _said_by(name: str, moment: datetime, with_day: bool) -> str:  # noqa: FBT001  # As the catalogue calls it.
    when = f"{moment.day}/{moment.month} {_hour(moment)}" if with_day else _hour(moment)
    return f"{name}, {when}" if name else when


def _talk(posts: int, people: int, since: datetime, until: datetime, most: int | None) -> str:
    by = f" của {_number(people)} người" if people > 1 else ""
    counted = f" {_number(posts)} tin{by}," if posts else ""
    latest = f" (nhiều quá nên mình chỉ đọc {_number(most)} tin gần nhất)" if most else ""
    return f"Tóm tắt{counted} {_period(since, until)}{latest}"


def _nothing_said(since: datetime, until: datetime | None) -> str:
    if until:
        return (
            f"{_period(since, until).capitalize()}, ở đây không có gì để tóm tắt. Bạn thử khoảng khác, chẳng hạn /tomtat 2 "
            "ngày nhé."
        )
    return (
        f"Từ {_day_and_hour(since)} đến giờ, ở đây chưa có gì để tóm tắt. Muốn xem cả trước đó, bạn gõ chẳng hạn /tomtat 2 "
        "ngày nhé."
    )


def _first_summary(in_private: bool) -> str:  # noqa: FBT001  # As the catalogue calls it.
    return "/tomtat 1" if in_private else "/tomtat tài liệu 1"


def _several_added(name: str, counts: Mapping[Outcome, int]) -> str:
    words = {
        Outcome.ADDED: "thêm",
        Outcome.REPLACED: "cập nhật",
        Outcome.REMOVED: "bỏ",
        Outcome.UNCHANGED: "giữ nguyên",
        Outcome.DUPLICATE: "bỏ qua vì trùng nội dung",
    }
    told = ", ".join(f"{word} {_number(counts[outcome])}" for outcome, word in words.items() if counts.get(outcome))
    return f"Tài liệu trong {name}: {told or 'chưa có gì'}."


_MAKE_ME_ADMIN = (
    "Muốn mình tóm tắt được chuyện trong nhóm (/tomtat), quản trị viên mở thông tin nhóm, bấm nút sửa (✎), vào Quản trị "
    "viên › Thêm quản trị viên, rồi chọn mình."
)
_AGE = {True: "mới hơn", False: "cũ hơn", None: "khác"}
_NO_DOCUMENTS = "Hiện chưa có tài liệu nào nên mình chưa trả lời được."

VIETNAMESE = Texts(
    number=_number,
    day=lambda day: f"{day.day}/{day.month}/{day.year}",
    # Chuyện trò
    welcome=lambda count: (
        f"Chào bạn. Bạn hỏi, mình tìm trong {_documents(count)} rồi trích nguyên văn câu trả lời, kèm nguồn.\n"
        "Gõ /trogiup để xem các lệnh."
        if count
        else f"Chào bạn, mình là bot hỏi đáp tài liệu. {_NO_DOCUMENTS}"
    ),
    about=lambda count: (
        "Mình là bot hỏi đáp tài liệu. "
        f"Bạn hỏi, mình trích nguyên văn câu trả lời từ {_documents(count) if count else 'tài liệu'}, kèm nguồn để bạn "
        "kiểm tra lại. Tài liệu không nói tới thì mình báo là không có, chứ không tự nghĩ ra.\n"
        "Gõ /trogiup để xem các lệnh."
    ),
    greeting="Chào bạn. Bạn muốn tìm gì trong tài liệu, cứ hỏi mình nhé.",
    thanks="Không có gì đâu bạn. Cần tìm gì nữa cứ hỏi mình nhé.",
    goodbye="Tạm biệt bạn, hẹn gặp lại.",
    agreement="Vâng, cần tìm gì nữa bạn cứ hỏi mình nhé.",
    go_ahead="Bạn cứ hỏi đi, mình tìm giúp.",
    sorry=lambda more: (
        "Xin lỗi bạn, mình trả lời chưa trúng ý. Bạn thử hỏi bằng từ khác"
        + (", hoặc gõ /tiep để xem câu trả lời khác nhé." if more else " nhé.")
    ),
    # Không đọc được thành câu hỏi
    empty="Mình chưa thấy câu hỏi nào. Bạn gõ giúp mình nhé, có dấu hay không dấu đều được.",
    no_words="Mình chưa thấy chữ nào để tìm. Bạn hỏi bằng chữ giúp mình nhé, có dấu hay không dấu đều được.",
    too_long=lambda length, limit: (
        f"Câu hỏi dài {_number(length)} ký tự, mình chỉ đọc được tối đa {_number(limit)}. "
        "Bạn rút gọn rồi gửi lại giúp mình nhé; còn muốn tóm tắt thì bạn trả lời tin đó bằng /tomtat."
    ),
    unknown_command=lambda command, nearest: (
        f"Mình không có lệnh {command}. Ý bạn là {nearest} phải không?"
        if nearest
        else f"Mình không có lệnh {command}. Bạn gõ /trogiup để xem các lệnh nhé."
    ),
    # Hỏi đáp
    likely="Có lẽ câu trả lời ở đây:",
    unsure="Mình không chắc lắm, nhưng đoạn này có vẻ gần nhất:",
    otherwise=lambda newer: f"Tài liệu {_AGE[newer]} nói khác:",
    refusal="Mình không tìm thấy câu trả lời trong tài liệu. Bạn thử hỏi bằng từ khác xem nhé.",
    unmentioned=lambda names: f"Tài liệu không nhắc tới {quoted(names, 'hay')}, nên mình không có câu trả lời.",
    covered="Mình đang có những tài liệu như:",
    try_asking="Bạn thử hỏi về:",
    no_documents=_NO_DOCUMENTS,
    nothing_asked="Chưa có gì để xem tiếp. Bạn hỏi trước nhé.",
    no_more_answers=lambda count: (
        "Mình chỉ tìm thấy một câu trả lời thôi."
        if count == 1
        else f"Hết rồi bạn, mình chỉ tìm thấy {_number(count)} câu trả lời thôi."
    ),
    nothing_to_widen="Chưa có câu trả lời nào để xem ngữ cảnh. Bạn hỏi trước nhé.",
    nothing_wider="Đoạn vừa trích đã là toàn bộ tài liệu rồi.",
    no_wider="Mình chỉ trích tới chừng này thôi. Tài liệu vẫn còn, bạn đọc tiếp ở nguồn nhé:",
    next="xem tiếp",
    wider="xem ngữ cảnh",
    # Các lệnh
    help="Bạn cứ gõ câu hỏi, có dấu hay không dấu đều được. Ngoài ra có các lệnh:",
    help_in_group="Ở đây, bạn gõ /hoi kèm câu hỏi, nhắc tên mình, hoặc trả lời tin của mình. Các lệnh:",
    documents=lambda count: f"Mình đang có {_documents(count)}. Gõ thêm số, như /tailieu 1, để xem tóm tắt:",
    size=lambda passages, syllables: f"{_number(passages)} đoạn, khoảng {_number(rounded(syllables))} chữ",
    page=lambda page, pages: f"trang {_number(page)}/{_number(pages)}",
    no_more_documents="Hết danh sách rồi. Gõ /tailieu để xem lại từ đầu.",
    choose_document=lambda count: (
        "Mình chỉ có một tài liệu, bạn gõ /tailieu 1 nhé."
        if count == 1
        else f"Mình có {_documents(count)}, bạn chọn một số từ 1 đến {_number(count)} nhé, như /tailieu 1."
    ),
    # Tóm tắt
    overview=lambda count, in_private: (
        f"Mình đang có một tài liệu. Gõ {_first_summary(in_private)} để xem kỹ hơn:"
        if count == 1
        else f"Mình đang có {_documents(count)}, mới nhất trước. "
        f"Gõ thêm số hay chủ đề, như {_first_summary(in_private)}, để xem kỹ hơn:"
    ),
    no_more_summaries="Hết danh sách rồi. Gõ /tomtat trang 1 để xem lại từ đầu.",
    choose_summary=lambda count, in_private: (
        f"Mình chỉ có một tài liệu, bạn gõ {_first_summary(in_private)} nhé."
        if count == 1
        else f"Mình có {_documents(count)}, bạn chọn một số từ 1 đến {_number(count)} nhé, như {_first_summary(in_private)}."
    ),
    document_gone="Tài liệu này không còn nữa. Bạn gõ /tailieu để xem mình đang có những gì nhé.",
    longer_summary="tóm tắt kỹ hơn",
    other_documents="các tài liệu khác",
    lengths={Length.SHORT: "Ngắn", Length.NORMAL: "Vừa", Length.LONG: "Dài"},
    about_subject=lambda subject: f"Về “{subject}”, tài liệu nói:",
    unknown_subject=lambda subject: f"Mình không thấy tài liệu nào nói về “{subject}”.",
    sources="Nguồn:",
    sources_above="Nguồn của từng mục có sẵn ở ngay trên rồi bạn nhé.",
    about_text="Ý chính của tin đó:",
    too_short_to_summarise="Tin đó ngắn sẵn rồi, bạn đọc luôn là nhanh nhất.",
    text_not_kept="Mình không giữ lại tin đó. Bạn trả lời lại tin đó bằng /tomtat dài, hay /tomtat ngắn, giúp mình nhé.",
    said_by=_said_by,
    talk=_talk,
    thread=lambda posts, people: f"{_number(posts)} tin" + (f", {_number(people)} người" if people > 1 else ""),
    open_questions="Còn chờ trả lời:",
    shared="Đã chia sẻ:",
    # Tóm tắt chuyện trong nhóm và kênh
    help_with_talk=(
        "Tóm tắt chuyện ở đây:\n"
        "/tomtat – từ lần tóm tắt trước đến giờ\n"
        "/tomtat 50, /tomtat 6h, /tomtat 2 ngày, /tomtat hôm qua – chừng đó tin, hay chừng đó thời gian\n"
        "/tomtat riêng – mình gửi riêng cho bạn\n"
        "/tomtat tài liệu – tóm tắt tài liệu"
    ),
    talk_of=lambda title: f"Chuyện trong “{title}”:",
    nothing_said=_nothing_said,
    nothing_said_at_all="Ở đây chưa có tin nào để tóm tắt. Khi mọi người trò chuyện rồi, bạn gõ lại /tomtat nhé.",
    talk_gone="Những tin này mình không còn giữ nữa nên không tóm tắt lại được.",
    kept_only=lambda days: f"Tin nhắn mình chỉ giữ {_number(days)} ngày, nên chỉ tóm tắt được từ đó.",
    cannot_hear="Telegram đang không cho mình thấy tin nhắn trong nhóm này.",
    nothing_to_tell_of="Số đó phải lớn hơn 0 bạn nhé, như /tomtat 50 hay /tomtat 6h.",
    too_many_posts=lambda most: f"Mình tóm tắt được nhiều nhất {_number(most)} tin một lần, bạn gõ số nhỏ hơn nhé.",
    still_ahead="Lúc đó còn chưa tới bạn ạ. Bạn thử /tomtat hôm nay nhé.",
    unclear_period=lambda typed: (
        f"Mình chưa hiểu “{typed}”. Bạn gõ chẳng hạn /tomtat 50 (tin), /tomtat 6h, /tomtat 2 ngày, /tomtat hôm qua; còn để xem "
        f"tài liệu nói gì thì gõ /tomtat tài liệu {typed}"
    ),
    pause=lambda last, link, seconds: (
        f"Ở đây vừa có bản tóm tắt lúc {_hour(last)}{f' ({link})' if link else ''}. Bạn đợi khoảng {_wait(seconds)} "
        "nữa nhé; muốn xem ngay thì mình gửi riêng cho bạn."
    ),
    send_privately="Nhận riêng",
    sent_privately="Mình gửi riêng cho bạn rồi nhé.",
    open_privately="Bạn bấm nút dưới đây để mở chat riêng với mình, mình gửi ngay.",
    open_here="Xem riêng",
    not_in_private="Chủ bot chỉ cho mình trả lời ở đây, nên mình không gửi riêng được bạn ạ.",
    who_asks="Bạn đang ẩn danh nên mình không biết gửi cho ai. Bạn bấm nút dưới đây nhé.",
    request_gone=(
        "Liên kết này không mở được: có thể đã quá một ngày, hoặc dành cho người khác. Bạn vào nhóm gõ /tomtat riêng để "
        "lấy bản mới nhé."
    ),
    not_a_member=(
        "Mình chỉ gửi được cho thành viên của nhóm hay kênh đó, mà mình không thấy bạn ở trong. Nếu nhóm ẩn danh sách thành "
        "viên, bạn nhờ quản trị viên cho mình làm quản trị viên nhé."
    ),
    scheduled=lambda at, today: (
        f"Được rồi, mỗi ngày lúc {_time(at)} mình gửi bản tóm tắt vào đây, bắt đầu từ {'hôm nay' if today else 'ngày mai'}. "
        "Hôm nào không có gì mới thì mình im lặng. Tắt bằng /lich tắt."
    ),
    schedule_is=lambda at: (
        f"Mỗi ngày lúc {_time(at)} mình gửi bản tóm tắt vào đây. Đổi giờ: /lich 08:00; tắt: /lich tắt."
    ),
    no_schedule="Ở đây chưa có lịch tóm tắt. Quản trị viên đặt bằng cách gõ giờ, như /lich 08:00.",
    schedule_ended="Mình tắt lịch tóm tắt ở đây rồi.",
    wrong_time=lambda typed: (
        f"Mình chưa hiểu giờ “{typed}”. Bạn gõ chẳng hạn /lich 08:00, /lich 20h30, hoặc /lich tắt nhé."
    ),
    # Hỏi nối tiếp
    understood=lambda question: f"Mình hiểu là: {question}",
    what_to_ask="Bạn muốn tìm gì? Bạn trả lời tin này bằng câu hỏi giúp mình nhé.",
    your_question="Câu hỏi của bạn",
    # Lựa chọn
    back="quay lại",
    narrower="thu gọn",
    all_documents="danh sách tài liệu",
    choose_language="Bạn muốn mình nói tiếng gì?",
    language_chosen="Từ giờ mình nói tiếng Việt nhé.",
    admins_only="Việc này chỉ quản trị viên mới làm được thôi bạn nhé.",
    # Dữ liệu được lưu
    kept=lambda questions, answers, votes, messages, days: (
        "Về bạn, mình đang lưu:\n"
        f"• {_number(questions)} câu hỏi gần nhất, để hiểu câu hỏi nối tiếp (xoá sau một giờ)\n"
        f"• {_number(answers)} tin mình trả lời bạn, để các nút còn bấm được (xoá sau 90 ngày)\n"
        f"• {_number(votes)} lượt chấm 👍 👎 (xoá sau một năm)\n"
        + (
            f"• {_number(messages)} tin bạn viết trong nhóm, để tóm tắt (xoá sau {_number(days)} ngày)\n"
            if days
            else ""
        )
        + "• lời nhờ gửi riêng bản tóm tắt (xoá sau một ngày)\n"
        "• ngôn ngữ bạn chọn, nếu có\n"
        "• mã số cuộc trò chuyện, để biết còn nhắn được cho bạn không\n"
        "Câu hỏi chưa trả lời được, hoặc có câu trả lời bị chấm 👎, thì chủ bot đọc được, không kèm tên người hỏi. Số câu "
        "hỏi mỗi ngày được đếm, không ghi ai hỏi gì.\n"
        "Gõ /xoadulieu để xoá."
    ),
    nothing_kept=(
        "Mình không lưu gì về bạn, ngoài mã số cuộc trò chuyện để biết còn nhắn được cho bạn không. Câu hỏi chưa trả "
        "lời được, hoặc có câu trả lời bị chấm 👎, được ghi lại mà không kèm tên người hỏi, để chủ bot đọc và bổ sung tài "
        "liệu. Số câu hỏi mỗi ngày được đếm, không ghi ai hỏi gì."
    ),
    becomes_documents=(
        "Bài đăng ở kênh có bật /kenhnguon và những gì chủ bot gửi vào làm tài liệu thì ai hỏi mình cũng xem được; tin chuyển "
        "tiếp của một người được thêm vào mà không kèm tên người đó."
    ),
    forget=(
        "Bạn có muốn xoá những gì mình đã lưu không, cả tin nhắn trong nhóm mà mình giữ để tóm tắt? Các nút dưới câu trả "
        "lời cũ sẽ không bấm được nữa."
    ),
    forget_mine="Xoá phần của bạn",
    forget_group="Xoá phần của mọi người ở đây",
    forget_nothing="Thôi, để đó",
    forgotten="Xong rồi bạn, mình đã xoá.",
    not_forgotten="Vâng, mình để nguyên.",
    kept_for_digests=lambda days: (
        f"Mình giữ tin nhắn ở đây {_number(days)} ngày, chỉ để tóm tắt (/tomtat), rồi xoá. Quản trị viên tắt bằng /luutin "
        "tắt; muốn xoá tin của bạn thì gõ /xoadulieu."
    ),
    not_kept_for_digests=(
        "Tin nhắn ở đây mình không giữ lại, nên cũng không tóm tắt được. Quản trị viên bật lại bằng /luutin bật."
    ),
    never_kept_for_digests="Chủ bot chọn không giữ lại tin nhắn nào, nên mình không tóm tắt được chuyện trong nhóm.",
    keep_talk="Giữ để tóm tắt",
    stop_keeping_talk="Tắt và xoá",
    talk_erased="Mình đã xoá những tin đã giữ, và từ giờ không giữ nữa. Bật lại bằng /luutin bật.",
    how_to_hear=(
        f"{_MAKE_ME_ADMIN} Hoặc chủ bot nhắn “/setprivacy” cho @BotFather, chọn tên mình rồi Disable; sau đó bạn đưa mình ra "
        "khỏi nhóm và thêm lại."
    ),
    make_me_admin=_MAKE_ME_ADMIN,
    in_groups_only="Lệnh này dùng trong nhóm và kênh bạn nhé.",
    in_telegram_only="Lệnh này chỉ dùng trên Telegram bạn nhé.",
    # Dành cho chủ bot
    how_to_add=(
        "Bạn gửi tệp, gửi link trang web, chuyển tiếp một bài, hoặc trả lời một tin bằng /them, mình sẽ thêm vào tài liệu."
    ),
    how_to_add_here="Bạn gõ /them kèm đường dẫn tới tệp, hoặc link trang web nhé.",
    no_such_file=lambda name: f"Mình không thấy tệp {name}. Bạn xem lại đường dẫn nhé.",
    added_document="Mình đã thêm:",
    replaced_document=lambda title: (
        f"Mình đã thay bản cũ, “{title}”, bằng bản này:" if title else "Mình đã thay bản cũ bằng bản này:"
    ),
    unchanged_document="Tài liệu này mình có rồi, không có gì thay đổi:",
    duplicate_document="Nội dung này mình có rồi, trong tài liệu dưới đây, nên mình không thêm nữa:",
    several_added=_several_added,
    other_many=lambda count: f"và {_documents(count)} khác",
    read_again="Thỉnh thoảng mình sẽ xem lại địa chỉ này để cập nhật.",
    not_added=lambda name, reason: f"Mình chưa thêm được {name or 'tin này'}: {reason}.",
    add_reasons={
        "empty": "mình không thấy chữ nào đọc được trong đó",
        "scanned": "đây là bản quét, chỉ có ảnh chứ không có chữ",
        "address": "mình chỉ đọc được địa chỉ công khai trên mạng, bắt đầu bằng http hoặc https",
        "robots": "trang này không cho chương trình tự động đọc",
        "unreachable": "trang này không trả lời, bạn thử lại sau giúp mình nhé",
        "refused": "trang này báo lỗi",
    },
    file_not_fetched=lambda name: f"Telegram chưa đưa được tệp {name} cho mình. Bạn gửi lại giúp mình nhé.",
    reading_document=lambda done, count: (
        f"Mình đang đọc, xong {_number(done)}/{_documents(count)}…" if count > 1 else "Mình đang đọc, bạn đợi chút nhé…"
    ),
    busy_now="Kho tài liệu đang bận, bạn thử lại sau ít phút giúp mình nhé.",
    no_room_now=(
        "Ổ đĩa của bot hết chỗ nên mình chưa ghi được. Bạn dọn bớt rồi thử lại giúp mình nhé; những gì đã lưu vẫn còn nguyên."
    ),
    not_written_now=lambda reason: (
        f"Mình chưa ghi được vào kho tài liệu ({reason}). Bạn xem lại ổ đĩa rồi thử lại giúp mình nhé; những gì đã lưu vẫn "
        "còn nguyên."
    ),
    offer_adding="Thêm tin này vào tài liệu",
    undo="Hoàn tác",
    undone=lambda title, there: (
        f"Đã hoàn tác, “{title}” lại như trước." if there else f"Đã hoàn tác, mình bỏ “{title}” ra rồi."
    ),
    undone_many=lambda count: f"Đã hoàn tác, {_documents(count)} lại như trước.",
    too_many_to_undo=lambda name: f"Muốn bỏ hết ra, bạn gõ /xoa {name}",
    nothing_to_undo="Không có gì để hoàn tác: chưa thêm hay xoá gì, đã quá một ngày, hoặc tài liệu đã đổi sau đó.",
    documents_removed=lambda count: "Mình đã xoá:" if count == 1 else f"Mình đã xoá {_documents(count)}:",
    stays_in_folder="Tệp gốc vẫn nằm trong thư mục; mình không dùng tới nữa, trừ khi nội dung tệp thay đổi.",
    remove_it="Xoá tài liệu này",
    remove_which=lambda typed: (
        f"Mình không rõ “{typed}” là tài liệu nào. Bạn chọn giúp mình nhé:"
        if typed
        else "Bạn muốn xoá tài liệu nào? Bạn chọn ở dưới, hoặc gõ /xoa kèm số trong /tailieu:"
    ),
    none_to_remove=lambda typed: f"Mình không thấy tài liệu nào là “{typed}”. Bạn gõ /tailieu để xem danh sách nhé.",
    publishes=(
        "Từ giờ, bài đăng ở kênh này thành tài liệu của mình: ai hỏi mình, ở bất cứ đâu, cũng có thể thấy bài được trích kèm "
        "liên kết. Bài sửa thì mình sửa theo, bài quá ngắn mình bỏ qua. Tắt bằng /kenhnguon tắt."
    ),
    publish="Lấy bài làm tài liệu",
    stop_publishing="Không lấy nữa",
    does_not_publish=(
        "Mình không lấy bài ở kênh này làm tài liệu. Bật bằng /kenhnguon bật: khi đó ai hỏi mình cũng có thể thấy bài ở đây."
    ),
    publishes_no_more=lambda count: (
        f"Từ giờ mình không lấy bài ở kênh này nữa. {_number(count)} bài đã lấy vẫn là tài liệu; bạn muốn xoá luôn không?"
        if count
        else "Từ giờ mình không lấy bài ở kênh này nữa."
    ),
    remove_posts=lambda count: f"Xoá {_number(count)} bài",
    keep_posts="Giữ lại",
    posts_removed=lambda count: f"Mình đã xoá {_number(count)} bài của kênh này khỏi tài liệu.",
    posts_kept=lambda count: f"Vâng, mình giữ lại {_number(count)} bài đã lấy.",
    not_trusted=(
        "Mình chỉ lấy bài ở kênh mà chủ bot làm quản trị viên. Chủ bot cần có tên trong ADMIN_IDS và là quản trị viên của "
        "kênh này, hoặc ghi kênh vào ALLOWED_CHATS."
    ),
    in_channels_only="Lệnh này bạn đăng trong kênh nhé, như /kenhnguon bật.",
    owners_only="Lệnh này chỉ dành cho chủ bot thôi bạn nhé.",
    in_private_only="Lệnh này bạn nhắn riêng cho mình nhé.",
    report=lambda up, down: f"Câu trả lời được chấm: 👍 {_number(up)}, 👎 {_number(down)}.",
    report_unanswered="Câu hỏi chưa trả lời được:",
    report_disliked="Câu hỏi có câu trả lời bị chấm 👎:",
    times=lambda question, count: question if count == 1 else f"{question} ({_number(count)} lần)",
    chart=lambda questions, share, slowest, day: (
        f"30 ngày qua: {_number(questions)} câu hỏi, trả lời được {share} %. Lâu nhất là {_seconds(slowest)}, hôm {day.day}/"
        f"{day.month}."
        if questions
        else "30 ngày qua chưa có câu hỏi nào trên Telegram."
    ),
    chart_title=lambda questions, share: (
        f"30 ngày qua: {_number(questions)} câu hỏi" + (f", trả lời được {share} %" if questions else "")
    ),
    chart_answered="trả lời được",
    chart_unanswered="chưa trả lời được",
    chart_slowest="Câu trả lời chậm nhất trong ngày (giây)",
    day_count=lambda questions, share, slowest: (
        f"{_number(questions)} câu hỏi, trả lời được {share} %, lâu nhất {_seconds(slowest)}"
    ),
    # Trên Telegram
    reads_text_only="Mình chỉ đọc được chữ thôi. Bạn gõ câu hỏi giúp mình nhé, có dấu hay không dấu đều được.",
    gone="Câu trả lời này cũ quá rồi, mình không mở lại được. Bạn hỏi lại giúp mình nhé.",
    not_yours="Nút này dành cho người đã gõ lệnh bạn ạ.",
    voted_up="Cảm ơn bạn.",
    voted_down="Cảm ơn bạn, mình ghi lại để chủ bot xem.",
    joined_group=lambda name, hears_all: (
        f"Chào cả nhà. Muốn tìm gì trong tài liệu, bạn gõ /hoi kèm câu hỏi, nhắc {name}, hoặc trả lời tin của mình nhé. "
        + (
            "Mình thấy mọi tin trong nhóm, nhưng chỉ lên tiếng khi được gọi."
            if hears_all
            else "Những tin khác trong nhóm mình không đọc được."
        )
    ),
    joined_channel="Chào bạn. Đăng /hoi kèm câu hỏi, mình tìm trong tài liệu rồi trả lời ngay trong kênh.",
    how_to_ask="Cách hỏi mình",
    none_found="Chưa thấy, bạn hỏi riêng mình nhé",
    ask_more="Hỏi thêm",
    profile="Hỏi đáp trên tài liệu tiếng Việt: trích nguyên văn, kèm nguồn.",
    introduction=(
        "Mình trả lời câu hỏi bằng cách trích nguyên văn tài liệu, kèm nguồn để bạn kiểm tra lại. Tài liệu không nói tới "
        "thì mình báo là không có.\n\nBạn cứ gõ câu hỏi, có dấu hay không dấu đều được. Muốn xem nhanh tài liệu có gì, bạn "
        "gõ /tomtat."
    ),
    # Trong cửa sổ dòng lệnh
    placeholder="Gõ câu hỏi, hoặc /trogiup",
    press_again="Nhấn Ctrl-C lần nữa để thoát",
    indexing="Đang đọc tài liệu",
    rebuilding="Đang dựng lại bộ tìm kiếm",
    added=lambda count: f"thêm {_documents(count)}",
    updated=lambda count: f"cập nhật {_documents(count)}",
    removed=lambda count: f"bỏ {_documents(count)}",
    skipped=lambda count: f"Bỏ qua {_number(count)} tệp",
    and_more=lambda count: f"và {_number(count)} tệp khác",
    skip_reasons={
        "empty": "tệp trống",
        "binary": "không phải văn bản",
        "encoding": "không nhận ra bảng mã",
        "unreadable": "không mở được",
        "too_large": "quá lớn",
        "duplicate": "trùng nội dung",
        "format": "định dạng chưa hỗ trợ",
        "misnamed": "đuôi tệp không khớp với nội dung",
        "broken": "bị hỏng hoặc sai định dạng",
        "scanned": "bản quét chỉ có ảnh, không có chữ",
        "encrypted": "có mật khẩu",
        "costly": "đọc quá lâu hoặc quá tốn bộ nhớ",
        "address": "không nhận địa chỉ này",
        "robots": "trang web không cho máy đọc",
        "unreachable": "không kết nối được",
        "refused": "trang web báo lỗi",
    },
    not_watched=lambda folder, reason: (
        f"Hệ thống không báo khi thư mục {folder} thay đổi ({reason}), nên mình tự kiểm tra lại định kỳ."
    ),
    stopped="Đã dừng. Tài liệu nào đọc xong rồi vẫn được giữ lại.",
    # Lỗi khi khởi động
    settings_file="Không đọc được tệp .env: tệp này phải là văn bản UTF-8, mỗi dòng một cặp TÊN=giá trị.",
    wrong_choice=lambda variable, value, allowed: f"{variable}={value}: chỉ nhận {' hoặc '.join(allowed)}.",
    no_such_folder=lambda variable, folder: (
        f"{variable}={folder}: không có thư mục này; cần đường dẫn tới một thư mục có tệp .txt, .md, .pdf, .docx hoặc .html."
    ),
    wrong_names=lambda variable, path, line, written, longest: (
        f"{variable}={path}, dòng {line}: mỗi dòng cần ít nhất hai tên cách nhau bằng dấu “=”, mỗi tên từ 1 đến {longest} "
        f"chữ: {written}"
        if line
        else f"{variable}={path}: không đọc được tệp này ({written})."
    ),
    not_a_folder=lambda variable, path: f"{variable}={path}: đây là một tệp; cần đường dẫn tới một thư mục.",
    empty_folder=lambda folder: (
        f"Thư mục {folder} chưa có tài liệu nào đọc được. Bạn thêm tệp .txt, .md, .pdf, .docx hoặc .html vào "
        "đó, hoặc đặt DOCUMENTS_DIR là thư mục khác."
    ),
    busy="Một chương trình khác đang ghi vào kho tài liệu. Bạn đợi một lát rồi chạy lại nhé.",
    damaged=lambda reason: (
        f"Không dùng được kho tài liệu trong DATA_DIR ({reason}). Bạn xem ổ đĩa còn chỗ và thư mục có ghi được không; "
        "nếu vẫn lỗi, bạn xoá thư mục collection trong đó rồi chạy lại, tài liệu gốc vẫn còn nguyên."
    ),
    system_error=lambda reason, path: f"Không dùng được {path}: {reason}." if path else f"Lỗi hệ thống: {reason}.",
    no_bot="Chưa có token Telegram. Bạn lấy token từ @BotFather rồi đặt vào TELEGRAM_BOT_TOKEN trong tệp .env.",
    not_a_token=lambda variable: (
        f"{variable}: giá trị này không giống một token. Token lấy từ @BotFather có dạng 123456789:AA… ."
    ),
    not_an_address=lambda variable, value, example: (
        f"{variable}={value}: đây không phải là một địa chỉ; cần dạng {example} ."
    ),
    not_an_ip_address=lambda variable, value: f"{variable}={value}: cần một địa chỉ IP, như 127.0.0.1 hoặc 0.0.0.0.",
    not_a_time_zone=lambda variable, value, example: (
        f"{variable}={value}: không có múi giờ này; cần tên theo IANA, như {example}."
    ),
    not_in_range=lambda variable, value, least, most: f"{variable}={value}: chỉ nhận một số từ {least} đến {most}.",
    not_numbers=lambda variable, value: (
        f"{variable}={value}: chỉ nhận mã số Telegram, cách nhau bằng dấu phẩy, như 123456789,-1001234567890."
    ),
    unknown_bot="Telegram không nhận token trong TELEGRAM_BOT_TOKEN. Bạn xem lại token ở @BotFather nhé.",
    unreachable=lambda reason: (
        f"Không kết nối được tới Telegram ({reason}). Bạn kiểm tra mạng, hoặc đặt TELEGRAM_PROXY nếu mạng chặn Telegram."
    ),
    refused=lambda reason: f"Telegram không cho bot khởi động: {reason}.",
    no_socks="Để dùng proxy SOCKS trong TELEGRAM_PROXY, cần cài thêm gói python-telegram-bot[socks].",
    cannot_listen=lambda address, port, reason: (
        f"Không nhận được tin ở {address}:{port} ({reason}). Bạn đổi WEBHOOK_PORT hoặc WEBHOOK_LISTEN nhé."
    ),
    already_running=lambda folder: (
        f"Một bot khác đang chạy với thư mục {folder}. Mỗi thư mục DATA_DIR chỉ dùng cho một bot."
    ),
    chats_damaged=lambda reason: (
        f"Lịch sử trò chuyện bị hỏng ({reason}). Mình chưa xoá gì cả. Bạn khôi phục bản sao lưu gần nhất: python -m bot "
        "restore TỆP --replace. Nếu không có bản sao lưu, bạn chuyển các tệp chats.sqlite3* trong DATA_DIR đi chỗ khác rồi "
        "chạy lại: bot bắt đầu lịch sử mới, tài liệu vẫn còn nguyên."
    ),
    salvaged=lambda count: (
        f"Mình đọc lại được {_documents(count)} đã thêm tay (/them, Telegram) từ kho bị hỏng; nếu thiếu, bạn khôi phục từ bản "
        "sao lưu nhé."
    ),
    collection_set_aside=lambda reason, aside: (
        f"Kho tài liệu bị hỏng ({reason}). Mình cất nó vào {aside} và đọc lại các tài liệu từ đầu."
    ),
    disk_full=lambda reason: (
        f"Ổ đĩa hết chỗ nên bot không ghi được ({reason}). Bạn dọn bớt rồi chạy lại nhé; những gì đã lưu vẫn còn nguyên."
    ),
    cannot_write=lambda reason: (
        f"Bot không ghi được vào DATA_DIR ({reason}). Bạn xem lại quyền ghi của thư mục đó nhé."
    ),
    database_held=lambda reason: (
        f"Một chương trình khác đang giữ dữ liệu trong DATA_DIR ({reason}). Bạn đợi nó xong hoặc tắt nó, rồi chạy lại nhé."
    ),
    disk_failing=lambda reason: (
        f"Không đọc hoặc ghi được dữ liệu trong DATA_DIR ({reason}). Bạn kiểm tra ổ đĩa rồi chạy lại nhé."
    ),
    newer_data=lambda reason: (
        f"Dữ liệu trong DATA_DIR do một phiên bản mới hơn ghi ({reason}). Bạn cập nhật bot rồi chạy lại nhé."
    ),
    # Báo cho chủ bot khi đang chạy
    started=lambda name, count: f"Bot @{name} đang chạy, trả lời từ {_documents(count)}. Nhấn Ctrl-C để dừng.",
    reopened=lambda count: f"Trả lời tiếp {_number(count)} tin nhắn còn lại từ lần chạy trước.",
    elsewhere="Bot này đang chạy ở một nơi khác nữa; mỗi token chỉ chạy được ở một nơi. Bạn tắt bớt một bên nhé.",
    # Tình trạng
    alive=lambda seconds: f"Bot đang chạy, báo lần cuối {_number(seconds)} giây trước.",
    not_alive=lambda seconds: (
        "Bot không chạy." if seconds is None else f"Bot không còn làm việc: báo lần cuối từ {_wait(seconds)} trước."
    ),
    # Sao lưu
    stopped_here="Đã dừng, chưa thay đổi gì.",
    backing_up="Đang sao lưu",
    backed_up=lambda path, files, size: (
        f"Đã sao lưu {_number(files)} tệp vào {path} ({_size(size)}), và đã đọc lại thử. Bạn cất ở một máy khác nữa nhé."
    ),
    nothing_to_back_up=lambda folder: f"Thư mục {folder} chưa có gì để sao lưu.",
    backup_inside=lambda folder: f"Bản sao lưu không để trong {folder} được. Bạn chọn một chỗ ngoài thư mục này nhé.",
    database_damaged=lambda name, reason: (
        f"Tệp {name} bị hỏng ({reason}), nên mình dừng lại và không thay đổi gì. Bạn dùng bản sao lưu gần nhất còn tốt nhé: "
        "python -m bot restore TỆP --replace."
    ),
    not_a_backup=lambda path, reason: (
        f"{path} không phải là bản sao lưu còn nguyên vẹn ({reason}). Mình không thay đổi gì."
    ),
    newer_backup=lambda path: f"{path} do một phiên bản mới hơn tạo ra. Bạn cập nhật bot rồi chạy lại nhé.",
    restoring="Đang khôi phục",
    restored=lambda files, folder, aside: (
        f"Đã khôi phục {_number(files)} tệp vào {folder}."
        + (f" Những gì có ở đó trước đây đã được chuyển vào {aside}; xem lại rồi bạn xoá sau nhé." if aside else "")
    ),
    data_there=lambda folder: (
        f"Thư mục {folder} đang có dữ liệu. Thêm --replace để thay bằng bản sao lưu; những gì đang có sẽ được cất riêng."
    ),
    # Nói thay cho câu trả lời
    not_allowed=lambda number: (
        f"Bot này chỉ dành cho một số người. Nếu cần dùng, bạn gửi mã số {number} của bạn cho chủ bot nhé."
    ),
    not_for_all="Bot này chỉ dành cho một số người",
    too_many_questions=lambda seconds: (
        f"Bạn hỏi nhanh quá, mình chưa theo kịp. Bạn đợi khoảng {_number(seconds)} giây rồi hỏi tiếp nhé."
    ),
    went_wrong="Mình gặp lỗi nên chưa trả lời được. Bạn thử lại sau giúp mình nhé.",
)
