"""Labels as a table can hold them: one normal form for the many ways to print the same words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_APOSTROPHES = re.compile(r"['’`]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_PUNCTUATION = {code: " " for code in range(128) if not re.match(r"[a-z0-9*\n]", chr(code))}
_ARTICLES = frozenset({"a", "an", "the"})
_SAME = {"shareholder": "stockholder", "shareowner": "stockholder"}
_PARENTHESES = re.compile(r"\s*\([^()]*\)")
# What refers to the notes: "(Note 9)", "(see Notes 1 and 2)", ", Note 4", "(a)", "(1)", a last "2".
_REFERENCE = re.compile(
    r"\s*[(\[]\s*(?:see\s+)?notes?\s+(?:\d|[A-Z]\b)[^()\[\]]*[)\]]|\s*\(\s*(?:[A-Z]|\d{1,2}|[IVX]{2,4})\s*\)"
    r"|\s*[,;–—-]\s*(?:see\s+)?notes?\s+(?:\d[\d, and&]*|[A-Z])\s*$|(?<=[A-Z)])\s+\d{1,2}\s*$",
    re.IGNORECASE,
)
_MARK = re.compile(r"\*+")  # of a footnote
_LEADING = re.compile(r"^(?:less|add|plus|deduct)\s*[:,—–-]?\s+", re.IGNORECASE)
_NET_OF = re.compile(
    r",?\s*[-–—]?\s*(?:\bnet of\b|\bless\b)[\s:]*(?:\w+[\s,]+){0,3}?(?:allowances?|reserves?|accumulated|valuation).*$",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    r"[\s,;:(–—-]*(?:\bat cost\b|\$\s*[\d.]|\bno par\b|\bpar value\b|\bauthorized\b|\b\d).*$", re.IGNORECASE
)


@lru_cache(maxsize=8192)
def normal_form(label: str) -> str:
    """Lower case, no punctuation, accents or articles, singular words: ``Stockholders' equity`` is ``stockholder equity``.

    What refers to the notes is left out.
    """
    return whole_form(_without_references(label))


def normal_forms(labels: Iterable[str]) -> list[str]:
    """The normal form of each of many labels."""
    return _whole_forms("\n".join([_without_references(label).replace("\n", " ") for label in labels]))


def whole_form(label: str) -> str:
    """The normal form of a label with what may refer to the notes: "Tranche (A)" is one thing, and "Tranche (B)" another."""
    return _whole_forms(label.replace("\n", " "))[0]


def _whole_forms(text: str) -> list[str]:
    """The normal forms of the lines of ``text``."""
    plain = _APOSTROPHES.sub("", without_accents(text).lower().replace("&", " and "))
    if not plain.isascii():
        plain = _NOT_ASCII.sub(" ", plain)
    words = plain.translate(_PUNCTUATION).replace("\n", " \n ").split(" ")
    return [line.strip() for line in " ".join(filter(None, map(_WORDS.__getitem__, words))).split("\n")]


def without_accents(text: str) -> str:
    """``text`` with letters for those that bear marks: ``Vorräte`` is ``Vorrate``."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


class _Words(dict[str, str]):
    """The normal form of each word, nothing for an article: labels by the thousand are made of words by the hundred."""

    def __missing__(self, word: str) -> str:
        found = "" if word in _ARTICLES else _singular(word)
        found = self[word] = _SAME.get(found, found)
        return found


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("xes", "sses", "shes", "ches")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


_WORDS = _Words({"\n": "\n", "": ""})


def head(form: str) -> str:
    """The first two words of a normal form, or its only one: phrases that a sentence may hold are looked up by it."""
    return " ".join(form.split(" ", 2)[:2])


def _without_references(label: str) -> str:
    """A label without what refers to the notes; most have nothing that looks like it."""
    if "(" in label or "[" in label or "ote" in label or label[-1:].isdigit() or label[-1:].isspace():
        return _REFERENCE.sub("", label)
    return label


ANY = "*"


class OpenPhrase:
    """A normal form in which any words, or none, stand for a star; a pattern without a regular expression to compile."""

    __slots__ = ("_first", "_inner", "_last", "longest")

    def __init__(self, form: str):
        """``form`` has a star among its words."""
        parts = [""]
        for word in form.split():
            if word == ANY:
                parts.append("")
            else:
                parts[-1] = f"{parts[-1] or ' '}{word} "
        self._first, *inner, self._last = parts
        self._inner = [part for part in inner if part]
        # Of the parts between stars, with the spaces around.
        self.longest = max((self._first, *inner, self._last), key=len)

    def matches(self, form: str) -> bool:
        """Whether the normal form ``form`` has the words of the phrase, in their order."""
        text = f" {form} "
        if not text.startswith(self._first):
            return False
        # The space behind one part is the space before the next.
        position = len(self._first) - 1 if self._first else 0
        for part in self._inner:
            found = text.find(part, position)
            if found < 0:
                return False
            position = found + len(part) - 1
        return not self._last or (text.endswith(self._last) and len(text) - len(self._last) >= position)


@lru_cache(maxsize=8192)
def open_phrase(form: str) -> OpenPhrase:
    """The phrase of a normal form with a star among its words, made once."""
    return OpenPhrase(form)


@lru_cache(maxsize=8192)
def forms(label: str) -> tuple[str, ...]:
    """The normal forms of a printed label, from the whole of it to its head; each stands once, none is empty."""
    label = _without_references(_MARK.sub("", label))
    plain = _LEADING.sub("", label)
    bare = _PARENTHESES.sub("", plain)
    cut = _DETAIL.sub("", bare)
    net = _NET_OF.sub(" net", bare)
    short = _DETAIL.sub("", net)
    found: dict[str, None] = {}
    for form in (label, plain, bare, net, cut, short, _NET_OF.sub("", bare)):
        normal = normal_form(form)
        if normal:
            found.setdefault(normal)
    return tuple(found)


@lru_cache(maxsize=8192)
def content_words(label: str) -> tuple[str, ...]:
    """The words of a printed label without its details and numbers, in normal form, each once."""
    net = _NET_OF.sub(" net", _PARENTHESES.sub("", _LEADING.sub("", _without_references(_MARK.sub("", label)))))
    form = normal_form(_DETAIL.sub("", net)) or normal_form(label)
    return tuple(dict.fromkeys(word for word in form.split() if not word.isdigit()))
