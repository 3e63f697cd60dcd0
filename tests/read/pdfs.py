"""A writer of PDF (ISO 32000-1) for tests: pages of text at places, in fonts that need no file."""

from __future__ import annotations

from typing import NamedTuple

# Widths of Helvetica's characters in thousandths of its size, of those that amounts are made of.
_WIDTHS = dict.fromkeys("0123456789$", 556) | dict.fromkeys(",. ", 278) | dict.fromkeys("()-", 333)


class Put(NamedTuple):
    """Text with its left end at ``x`` and its base line at ``y``, in points from the lower left corner."""

    x: float
    y: float
    text: str
    font: str = "Helvetica"
    size: float = 10
    is_turned: bool = False


def ending_at(x: float, y: float, text: str, size: float = 10) -> Put:
    """An amount in Helvetica whose last digit ends at ``x``; a bracket hangs over."""
    digits = text.rstrip(")")
    return Put(x - sum(_WIDTHS[letter] for letter in digits) * size / 1000, y, text, size=size)


def written(*pages: list[Put], encrypted: bool = False, picture: bool = False) -> bytes:
    """A PDF of these pages, each of 612 by 792 points; ``picture`` puts one on each."""
    fonts = sorted({put.font for page in pages for put in page})
    kids = range(3 + len(fonts) + 1, 3 + len(fonts) + 1 + 2 * len(pages), 2)
    named = " ".join(f"/{font} {number} 0 R" for number, font in enumerate(fonts, 3))
    image = 3 + len(fonts)
    resources = f"<< /Font << {named} >> /XObject << /Scan {image} 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode(),
    ]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>".encode() for font in fonts
    ]
    scan = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    objects.append(_stream(b"\x80", scan))
    for page, kid in zip(pages, kids, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources {resources} "
            f"/Contents {kid + 1} 0 R >>".encode()
        )
        drawn = b"q 500 0 0 700 50 50 cm /Scan Do Q\n" if picture else b""
        objects.append(_stream(drawn + b"\n".join(map(_shown, page))))
    return _file(objects, encrypted=encrypted)


def _shown(put: Put) -> bytes:
    text = put.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    matrix = "0 1 -1 0" if put.is_turned else "1 0 0 1"
    place = f"BT /{put.font} {put.size} Tf {matrix} {put.x:.3f} {put.y:.3f} Tm ({text}) Tj ET"
    return place.encode("cp1252")


def _stream(content: bytes, said: str = "") -> bytes:
    return f"<< {said} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _file(objects: list[bytes], *, encrypted: bool) -> bytes:
    data, starts = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        starts.append(len(data))
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{'11' * 32}> >> /ID [<22> <22>]"
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R {lock if encrypted else ''} >>"
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\nstartxref\n{len(data)}\n%%EOF\n"
    return data + end.encode()
