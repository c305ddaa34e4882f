import pytest

from bot.adding import Adding, is_address
from bot.commands import Face
from bot.console.plain import plain_text
from bot.conversation import Conversation, Message
from bot.replies import DocumentList
from bot.texts import TEXTS, Language
from bot.turns import Asker, RecentTurns
from index.adding import Page
from index.documents import Document
from index.readers import Contents, Reason, Unreadable

VI = TEXTS[Language.VI]
ME = Asker("console", "console")
RICE = "Giá gạo xuất khẩu của các tỉnh đồng bằng tăng 5% trong tháng qua, theo hiệp hội lương thực."
COFFEE = "Giá cà phê giảm mạnh ở Đắk Lắk vì người trồng bán ra nhiều trước khi vào vụ thu hoạch mới."
PAGE = Document("https://bao.vn/ca-phe", "Giá cà phê", COFFEE, "https://bao.vn/ca-phe")


async def reading(address, _):
    reasons = {
        "https://bao.vn/khong-co": (Reason.REFUSED, "404 Not Found"),
        "http://localhost/a": (Reason.ADDRESS, "private"),
    }
    if address in reasons:
        raise Unreadable(*reasons[address])
    return Page(address, Contents((PAGE,)), "")


@pytest.fixture
def say(empty_collection):
    """Say something in a terminal, and hear the reply."""
    adding = Adding(empty_collection, reading, owns=lambda _: True)
    conversation = Conversation(empty_collection, RecentTurns(), others=adding.commands)

    async def say(text):
        return await conversation.reply(Message(text, ME, Language.VI, Face.CONSOLE))

    return say


def said(reply):
    return plain_text(reply, Language.VI)


async def test_a_file_is_added_by_its_path_and_undone(say, empty_collection, tmp_path):
    path = tmp_path / "giá gạo.txt"
    path.write_text(f"Giá gạo\n\n{RICE}", encoding="utf-8")
    added = said(await say(f"/them {path}"))
    assert added.startswith(f"{VI.added_document}\nGiá gạo · ")
    assert added.endswith(" · added/giá gạo.txt")
    assert RICE in said(await say("giá gạo tăng bao nhiêu"))
    assert said(await say("/hoantac")) == VI.undone("Giá gạo", False)
    assert said(await say("/hoantac")) == VI.nothing_to_undo
    assert (await empty_collection.statistics()).documents == 0


async def test_a_path_may_stand_in_quotes(say, tmp_path):
    (tmp_path / "giá gạo.txt").write_text(RICE, encoding="utf-8")
    assert said(await say(f"/them '{tmp_path}/giá gạo.txt'")).startswith(VI.added_document)


async def test_an_address_is_added(say):
    assert VI.read_again in said(await say("/thêm https://bao.vn/ca-phe"))
    assert COFFEE in said(await say("vì sao giá cà phê giảm"))


async def test_of_very_many_documents_it_is_said_how_to_remove_them(say, empty_collection, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.adding._UNDONE_TOGETHER", 2)
    path = tmp_path / "tin.jsonl"
    path.write_text("".join(f'{{"title": "Tin {n}", "text": "{n}. {RICE}"}}\n' for n in range(3)), encoding="utf-8")
    added = await say(f"/them {path}")
    assert added.choices == ()
    assert said(added).endswith(VI.too_many_to_undo("added/tin.jsonl"))
    assert said(await say("/xoa added/tin.jsonl")).startswith(VI.documents_removed(3))
    assert (await empty_collection.statistics()).documents == 0


async def test_what_is_nowhere_is_told(say):
    refused = said(await say("/them https://bao.vn/khong-co"))
    assert refused == "Mình chưa thêm được https://bao.vn/khong-co: trang này báo lỗi (404 Not Found)."
    assert said(await say("/them http://localhost/a")) == VI.not_added("http://localhost/a", VI.add_reasons["address"])
    assert said(await say("/them không-có.txt")) == VI.no_such_file("không-có.txt")
    assert said(await say("/them")) == VI.how_to_add_here


@pytest.mark.parametrize("address", ["https://bao.vn/ca-phe", "www.bao.vn", "bao.vn/ca-phe?a=1"])
async def test_an_address_alone_is_told_how_to_be_added(say, address):
    assert said(await say(address)) == VI.how_to_add_here


@pytest.mark.parametrize("text", ["TP.HCM", "xem https://bao.vn/ca-phe"])
async def test_what_only_looks_like_an_address_is_a_question(say, text):
    assert said(await say(text)) == VI.no_documents


async def test_an_address_is_a_question_where_nothing_can_be_added(empty_collection):
    conversation = Conversation(empty_collection, RecentTurns())
    asked = Message("https://bao.vn/ca-phe", ME, Language.VI, Face.CONSOLE)
    assert said(await conversation.reply(asked)) == VI.no_documents


@pytest.mark.parametrize("named", ["1", "số 1", "#1", "gao.txt", "https://bao.vn/gao", "bao.vn/gao", "d-"])
async def test_a_document_is_removed_by_what_names_it(say, empty_collection, named):
    document = Document("gao.txt", "Giá gạo", RICE, "https://bao.vn/gao")
    await empty_collection.add([document])
    listed = (await say("/tailieu")).parts[1]
    assert isinstance(listed, DocumentList)
    typed = (await say("/tailieu")).choices[0][0].text.split()[1] if named == "d-" else named
    assert said(await say(f"/xoa {typed}")).startswith(f"{VI.documents_removed(1)}\nGiá gạo · ")
    assert said(await say("/hoantac")) == VI.undone("Giá gạo", True)
    assert (await empty_collection.document("gao.txt")) == document


async def test_a_document_of_the_folder_stays_out_while_its_file_is_the_same(say, empty_collection, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "gao.txt").write_text(f"Giá gạo\n\n{RICE}", encoding="utf-8")
    (folder / "ca-phe.txt").write_text(f"Giá cà phê\n\n{COFFEE}", encoding="utf-8")
    await empty_collection.update(folder)
    assert said(await say("/xoa gao.txt")).endswith(VI.stays_in_folder)
    assert (await empty_collection.update(folder)).added == ()


async def test_all_that_came_from_an_address_is_removed_by_it(say, empty_collection):
    feed = "https://bao.vn/rss"
    await empty_collection.add([Document(f"{feed}#{n}", f"Tin {n}", f"{n}. {RICE}") for n in range(3)], origin=feed)
    assert said(await say(f"/xoa {feed}")).startswith(VI.documents_removed(3))


async def test_where_it_is_unclear_which_the_nearest_are_offered_by_what_to_type(say, empty_collection):
    await empty_collection.add([PAGE, Document("gao.txt", "Giá gạo", RICE)])
    lead, first, *_ = said(await say("/xoa cà phê Đắk Lắk")).splitlines()
    assert lead == VI.remove_which("cà phê Đắk Lắk")
    command, title = first.split(": ")
    assert title == "Giá cà phê"
    assert said(await say(command)).startswith(f"{VI.documents_removed(1)}\nGiá cà phê · ")
    assert said(await say("/xoa xyz")) == VI.none_to_remove("xyz")


async def test_where_nothing_is_named_the_newest_are_offered_by_their_numbers(say, empty_collection):
    await empty_collection.add([PAGE, Document("gao.txt", "Giá gạo", RICE)])
    listed = [line.split(" · ")[0] for line in said(await say("/tailieu")).splitlines()[1:]]
    lead, *offered = said(await say("/xoa")).splitlines()
    assert lead == VI.remove_which("")
    assert offered == [f"/xoa {document.replace('. ', ': ')}" for document in listed]


async def test_a_year_is_no_number_of_the_list(say, empty_collection):
    await empty_collection.add([PAGE])
    assert said(await say("/xoa giá cà phê 1")).startswith(VI.remove_which("giá cà phê 1"))
    assert (await empty_collection.statistics()).documents == 1


async def test_without_documents_there_is_nothing_to_remove(say):
    assert said(await say("/xoa")) == VI.no_documents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://bao.vn/a?b=1#c", True),
        ("bao.vn/a", True),
        ("www.bao.vn", True),
        ("bao.vn", True),
        ("gao.txt", False),
        ("xem https://bao.vn", False),
        ("3.5", False),
        ("Giá tăng.", False),
        ("ftp://bao.vn", False),
        ("", False),
    ],
)
def test_an_address_is_told_from_a_question(text, expected):
    assert is_address(text) is expected
