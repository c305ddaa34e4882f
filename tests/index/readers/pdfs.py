"""PDF files, written by hand so that a test knows what is in them."""

import hashlib
import zlib
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
LEADING = 14


@dataclass(frozen=True)
class Placed:
    """A line of text on a page: points from the left and bottom edges, and the size of its letters."""

    text: str
    x: float
    y: float
    size: float = 11


def page(*texts, top=760, x=72, size=11):
    """Lines one below the other; an empty one leaves a gap."""
    return [Placed(text, x, top - LEADING * number, size) for number, text in enumerate(texts) if text]


def pdf(*pages, title=None, created=None, password=None, compressed=False):
    """A PDF file of pages; a page is the lines placed on it, or ``None`` for a picture that covers it."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        (
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
            b" /Supplement 0 >> /DW 500 /FontDescriptor 6 0 R >>"
        ),
        stream(_to_unicode()),
        (
            b"<< /Type /FontDescriptor /FontName /Arial /Flags 32 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800"
            b" /Descent -200 /CapHeight 700 /StemV 80 >>"
        ),
        stream(
            b"\x7f", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        ),
    ]
    numbers = []
    for placed in pages:
        content = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q" if placed is None else " ".join(map(_shown, placed))
        objects.append(stream(content.encode(), compressed=compressed))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F 3 0 R >> /XObject << /I 7 0 R >> >> >>".encode()
        )
        numbers.append(len(objects))
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>".encode()
    info = (f"/Title <feff{title.encode('utf-16-be').hex()}>" if title else "") + (
        f"/CreationDate (D:{created})" if created else ""
    )
    objects.append(f"<< {info} >>".encode())
    trailer = f"/Root 1 0 R /Info {len(objects)} 0 R"
    if password is not None:
        objects.append(_encryption(password))
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{'00' * 16}> <{'00' * 16}>]"
    return written(objects, trailer)


def written(objects, trailer="/Root 1 0 R"):
    """A file of numbered objects."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    return data + f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()


def stream(content, entries=b"", *, compressed=False):
    """A stream object."""
    if compressed:
        content, entries = zlib.compress(content, 9), entries + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def _shown(line):
    return f"BT /F {line.size} Tf 1 0 0 1 {line.x} {line.y} Tm <{line.text.encode('utf-16-be').hex()}> Tj ET"


def _to_unicode():
    ranges = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256)]
    blocks = [ranges[start : start + 64] for start in range(0, 256, 64)]
    maps = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{maps}\nendcmap end end"
    ).encode()


_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _encryption(password):
    """The standard security handler, revision 2 (ISO 32000-1, algorithms 2 to 4); nothing in the file is worth hiding."""
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)  # noqa: S324
    key = hashlib.md5(padded + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + bytes(16)).digest()[:5]  # noqa: S324
    return f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{_rc4(key, _PADDING).hex()}> /P -4 >>".encode()


def _rc4(key, data):
    state = list(range(256))
    at = 0
    for number in range(256):
        at = (at + state[number] + key[number % len(key)]) % 256
        state[number], state[at] = state[at], state[number]
    result = bytearray()
    first = second = 0
    for byte in data:
        first = (first + 1) % 256
        second = (second + state[first]) % 256
        state[first], state[second] = state[second], state[first]
        result.append(byte ^ state[(state[first] + state[second]) % 256])
    return bytes(result)
