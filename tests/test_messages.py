"""Every text that a reader sees has its Danish."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.template.base import Lexer, TokenType

PROJECT = Path(__file__).parents[1]
ROOMS = sorted(path for path in (PROJECT / "implere").iterdir() if (path / "__init__.py").exists())
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}
TRANSLATE = re.compile(r"""^(?:translate|trans)\s+(?P<quote>["'])(?P<text>.*?)(?P=quote)""")
LITERAL = re.compile(r"""_\((?P<quote>["'])(?P<text>.*?)(?P=quote)\)""")


def in_python(file: Path) -> set[str]:
    """The strings that a Python file marks."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            found |= {
                arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            }
    return found


def in_template(file: Path) -> set[str]:
    """The strings that a template marks, blocktranslate as Django's own extraction writes them."""
    found, block, trimmed = set(), None, False
    for token in Lexer(file.read_text()).tokenize():
        text = token.contents
        if block is not None:
            if token.token_type == TokenType.BLOCK and text.startswith(("endblocktrans", "plural")):
                found.add(" ".join("".join(block).split()) if trimmed else "".join(block))
                block = [] if text.startswith("plural") else None
            elif token.token_type == TokenType.VAR:
                block.append(f"%({text})s")
            else:
                block.append(text.replace("%", "%%"))
        elif token.token_type == TokenType.BLOCK and text.startswith("blocktrans"):
            block, trimmed = [], "trimmed" in text
        elif token.token_type == TokenType.BLOCK and (match := TRANSLATE.match(text)):
            found.add(match["text"].replace("%", "%%") if "%" in match["text"] else match["text"])
        else:
            found |= (
                {match["text"] for match in LITERAL.finditer(text)}
                if token.token_type != TokenType.TEXT
                else set()
            )
    return found


def marked(room: Path) -> dict[str, Path]:
    found = {}
    for file in room.rglob("*.py"):
        if "tests" not in file.parts and "migrations" not in file.parts:
            found |= dict.fromkeys(in_python(file), file)
    for file in (*room.rglob("templates/**/*.html"), *room.rglob("templates/**/*.txt")):
        found |= dict.fromkeys(in_template(file), file)
    return {text: file for text, file in found.items() if text.strip()}


def danish(room: Path) -> dict[str, polib.POEntry]:
    """The room's own Danish, with that of every other room: Django reads them all."""
    found = {}
    for file in PROJECT.glob("implere/*/locale/da/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(file)):
            found[entry.msgid] = entry
            if entry.msgid_plural:
                found[entry.msgid_plural] = entry
    return found


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_marked_text_has_its_danish(room):
    known = danish(room)
    missing = {text: file.name for text, file in marked(room).items() if text not in known}
    assert not missing, "\n".join(f"{file}: {text!r}" for text, file in missing.items())


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_danish_text_is_whole(room):
    file = room / "locale/da/LC_MESSAGES/django.po"
    entries = polib.pofile(str(file)) if file.exists() else []
    for entry in entries:
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        assert all(texts), f"{file}: {entry.msgid!r} has no Danish"
        for text in texts:
            assert set(re.findall(r"%\(\w+\)[sd]", text)) <= set(
                re.findall(r"%\(\w+\)[sd]", entry.msgid + entry.msgid_plural)
            ), f"{file}: {entry.msgid!r} has another placeholder"


# Text between tags that is no language: numbers, signs, names of the program and of formats.
NO_LANGUAGE = re.compile(r"^[\W\d_]*(?:(?:min|narrow|Implere|Dansk|English|JSON|xlsx|QR|h)[\W\d_]*)*$")
TAG = re.compile(r"<[^>]*>", re.S)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_no_template_has_a_text_that_nobody_can_translate(room):
    bare = []
    for file in room.rglob("templates/**/*.html"):
        block, text = False, []
        for token in Lexer(file.read_text()).tokenize():
            contents = token.contents
            if token.token_type == TokenType.BLOCK and contents.split()[0] in ("blocktranslate", "comment"):
                block = True
            elif token.token_type == TokenType.BLOCK and contents.split()[0] in (
                "endblocktranslate",
                "endcomment",
            ):
                block = False
            elif token.token_type == TokenType.TEXT:
                text.append(" " if block else contents)
        words = [piece.strip() for piece in re.split(r"\s{2,}|\n", TAG.sub("\n", "".join(text)))]
        bare += [f"{file.relative_to(PROJECT)}: {word}" for word in words if not NO_LANGUAGE.match(word)]
    assert not bare, "\n".join(bare)


def test_a_text_has_one_danish_wherever_it_stands():
    found: dict[str, set] = {}
    for file in PROJECT.glob("implere/*/locale/da/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(file)):
            found.setdefault(entry.msgid, set()).add(entry.msgstr or str(entry.msgstr_plural))
    assert not {text: said for text, said in found.items() if len(said) > 1}


def test_no_danish_stands_for_a_text_that_is_gone():
    used = {text for room in [*ROOMS, PROJECT / "implere"] for text in marked(room)}
    gone = [
        entry.msgid
        for file in PROJECT.glob("implere/*/locale/da/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(file))
        if entry.msgid not in used and entry.msgid_plural not in used
    ]
    assert not gone
