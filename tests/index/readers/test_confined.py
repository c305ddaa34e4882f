import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.readers import Reason, Unreadable
from index.readers.confined import Limits, Parsers

ECHO = """
    import os
    from index.readers.lines import Line
    from index.readers.parts import Part
    def parse(data):
        yield Part((Line(data.decode()), Line(str(os.getpid()))))
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Writes a module that a process can import, and names it."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(source, name="a_parser"):
        (tmp_path / f"{name}.py").write_text(textwrap.dedent(source), encoding="utf-8")
        return name

    return write


@pytest.fixture
def opened():
    """Opens parsers with limits, and closes them at the end."""
    made = []

    def make(**limits):
        made.append(Parsers(Limits(**limits)))
        return made[-1]

    yield make
    for parsers in made:
        parsers.close()


def refusal(parsers, module, data=b""):
    with pytest.raises(Unreadable) as caught:
        parsers.parse(module, data)
    return caught.value


def echoed(parsers, module, text="Chợ nổi"):
    (part,) = parsers.parse(module, text.encode())
    said, process = (line.text for line in part.lines)
    assert said == text
    return process


def test_one_process_parses_file_after_file(module, opened):
    echo, parsers = module(ECHO), opened()
    assert echoed(parsers, echo) == echoed(parsers, echo, "x" * 1_000_000)


def test_files_parsed_at_once_have_a_process_each(module, opened):
    parsers, echo = opened(), module(ECHO)
    with ThreadPoolExecutor(3) as threads:
        processes = list(threads.map(lambda number: echoed(parsers, echo, f"tệp {number}"), range(12)))
    assert 1 <= len(set(processes)) <= 3


def test_a_refusal_comes_back_with_its_reason(module, opened):
    parsers = opened()
    refuse = module(
        """
        from index.readers.errors import Reason, Unreadable
        def parse(data):
            raise Unreadable(Reason.SCANNED, "3 pages")
        """
    )
    error = refusal(parsers, refuse)
    assert (error.reason, error.detail) == (Reason.SCANNED, "3 pages")


def test_whatever_a_library_raises_is_a_broken_file(module, opened):
    parsers = opened()
    error = refusal(parsers, module("def parse(data):\n    raise KeyError('word/styles.xml')\n"))
    assert (error.reason, error.detail) == (Reason.BROKEN, "KeyError: 'word/styles.xml'")
    assert refusal(parsers, module("def parse(data):\n    return parse(data)\n", "deep")).reason == Reason.BROKEN


def test_one_that_takes_too_long_is_ended_and_the_next_file_is_parsed(module, opened):
    parsers = opened(seconds=2)
    error = refusal(parsers, module("import time\ndef parse(data):\n    time.sleep(3600)\n"))
    assert (error.reason, error.detail) == (Reason.COSTLY, "more than 2 seconds")
    assert echoed(parsers, module(ECHO, "echo"))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not count so")
def test_one_that_burns_the_processor_or_memory_costs_its_own_file_alone(module, opened):
    parsers = opened(processor_seconds=1, memory=700_000_000)
    error = refusal(parsers, module("def parse(data):\n    while True: pass\n", "burn"))
    assert (error.reason, error.detail) == (Reason.COSTLY, "more than 1 seconds of the processor")
    assert refusal(parsers, module("def parse(data):\n    yield bytes(10 ** 9)\n", "fill")).reason == Reason.COSTLY
    assert echoed(parsers, module(ECHO, "echo"))


def test_a_crash_costs_its_own_file_alone(module, opened):
    parsers = opened()
    echo = module(ECHO, "echo")
    before = echoed(parsers, echo)
    assert refusal(parsers, module("import os\ndef parse(data):\n    os._exit(3)\n", "leave")).reason == Reason.BROKEN
    assert echoed(parsers, echo) != before


def test_too_much_text_is_refused(module, opened):
    much = module(
        """
        from index.readers.lines import Line
        from index.readers.parts import Part
        def parse(data):
            while True:
                yield Part((Line("x" * 100),))
        """
    )
    error = refusal(opened(characters=1000), much)
    assert (error.reason, error.detail) == (Reason.TOO_LARGE, "more than 1,000 characters of text")


def test_too_many_lines_are_refused(module, opened):
    many = module(
        """
        from index.readers.lines import Line
        from index.readers.parts import Part
        def parse(data):
            yield Part((Line("x"),) * 300_001)
        """
    )
    error = refusal(opened(), many)
    assert (error.reason, error.detail) == (Reason.TOO_LARGE, "more than 300,000 lines")


@pytest.mark.parametrize(
    ("answer", "reason"), [("""b'[{"lines": 7}]'""", Reason.BROKEN), ("b'x' * 2_000_000", Reason.TOO_LARGE)]
)
def test_an_answer_that_is_none_is_not_believed(module, opened, answer, reason):
    lie = module(
        f"""
        import __main__
        __main__.encoded = lambda parts: {answer}
        def parse(data):
            return []
        """
    )
    assert refusal(opened(characters=1000), lie).reason == reason


def test_what_a_library_prints_does_not_spoil_the_answer(module, opened):
    loud = module(ECHO.replace("yield", "print('cảnh báo'); os.write(1, b'warning')\n        yield"))
    assert echoed(opened(), loud)


def test_a_process_that_waited_too_long_is_replaced(module, opened):
    parsers, echo = opened(idle_seconds=1), module(ECHO)
    first = echoed(parsers, echo)
    (waiting,) = parsers._idle
    waiting._process.wait(timeout=60)
    assert echoed(parsers, echo) != first


def test_a_process_gives_way_to_a_new_one_after_many_files_and_none_is_lost(module, opened):
    parsers, echo = opened(), module(ECHO)
    processes = [echoed(parsers, echo, f"tệp {number}") for number in range(410)]
    assert len(set(processes)) == 3


def test_a_file_that_ends_a_used_process_is_not_tried_again(module, opened, tmp_path):
    parsers, echo = opened(), module(ECHO, "echo")
    count = f"""
        import os
        def parse(data):
            open({str(tmp_path / "tries")!r}, "a").write("x")
            os.kill(os.getpid(), 11)
        """
    echoed(parsers, echo)
    assert refusal(parsers, module(count, "crash")).reason == Reason.BROKEN
    assert (tmp_path / "tries").read_text() == "x"


def test_a_program_that_ends_leaves_no_process_behind(module):
    script = f"""
        from index.readers.confined import Parsers
        parts = Parsers().parse("{module(ECHO)}", b"x")
        print(parts[0].lines[1].text)
    """
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(script)]
    environment = {"PYTHONPATH": ":".join(sys.path)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603
    assert ended.stderr == ""
    state = subprocess.run(["ps", "-p", ended.stdout.strip()], capture_output=True, check=False)  # noqa: S603, S607
    assert state.returncode != 0
