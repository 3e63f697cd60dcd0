"""Makes presentations, as ``presentations`` reads them, of filings whose facts are kept with their rows.

    python taxonomy/recent.py FOLDER recent.csv.gz

Each folder of FOLDER holds a ``truth.json``: cik, period_end, and facts with statement, table, row, row_label, concept, kind
and unit. A row is a line; what stands inside of labels, and facts with dimensions, are none.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ("adsh", "cik", "sic", "stmt", "line", "label", "tag", "standard", "abstract", "datatype")
STATEMENTS = {"balance-sheet": "BS", "income-statement": "IS", "cash-flow": "CF", "comprehensive-income": "CI"}
TYPES = {"shares": "shares", "USD/shares": "perShare"}


def rows_of(filing: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The rows of a filing; its first column ends with the year, as an accession number has it in the middle."""
    facts = [fact for fact in filing["facts"] if not fact["in_label"] and not fact["dimensioned"] and fact["value"]]
    facts.sort(key=lambda fact: (fact["table"], fact["row"]))
    for (_, line), group in groupby(facts, key=lambda fact: (fact["table"], fact["row"])):
        fact = next(group)
        yield (
            f"{filing['cik']}-{filing['period_end'][2:4]}-0",
            str(int(filing["cik"])),
            "",
            STATEMENTS[fact["statement"]],
            str(line),
            fact["row_label"],
            fact["concept"].partition(":")[2],
            "1" if fact["kind"] == "us-gaap" else "0",
            "0",
            TYPES.get(fact["unit"], ""),
        )


def main() -> None:
    folder, out = map(Path, sys.argv[1:])
    with gzip.open(out, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for path in sorted(folder.glob("*/truth.json")):
            writer.writerows(rows_of(json.loads(path.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main()
