"""Word documents, made as Word makes them."""

import io
import zipfile

import docx


def saved(document):
    """The bytes of a document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def word(*paragraphs, title="", style=None):
    """A Word document of some paragraphs; the template's own properties are taken away."""
    document = docx.Document()
    document.core_properties.title = title
    for text in paragraphs:
        document.add_paragraph(text, style=style)
    return saved(document)


def rewritten(data, name, change):
    """The same archive with one of its files changed; ``None`` leaves it out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            content = old.read(one)
            if one.filename == name:
                content = change(content)
            if content is not None:
                new.writestr(one.filename, content)
    return file.getvalue()
