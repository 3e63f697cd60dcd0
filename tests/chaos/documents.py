"""Documents to be damaged: statements of companies that do not exist, each laid out in another way."""

from __future__ import annotations

import os
from pathlib import Path

from tests.examples import EXAMPLE

NARROW = """
                    PELLWORTH BRICK AND TILE COMPANY
                       STATEMENTS OF INCOME
               (In thousands, except per share data)
                          (Unaudited)

                              Three Months Ended     Six Months Ended
                                   June 30,              June 30,
                              ------------------    ------------------
                                2001      2000        2001      2000
                              --------  --------    --------  --------
Net sales                     $ 41,207  $ 38,950    $ 80,114  $ 77,035
Cost of sales                   29,880    28,102      58,300    55,911
                              --------  --------    --------  --------
Gross profit                    11,327    10,848      21,814    21,124
Selling and administrative       6,410     6,122      12,709    12,240
Interest expense                   512       498       1,020       981
                              --------  --------    --------  --------
Income before taxes              4,405     4,228       8,085     7,903
Income taxes                     1,542     1,480       2,830     2,766
                              --------  --------    --------  --------
Net income                    $  2,863  $  2,748    $  5,255  $  5,137
                              ========  ========    ========  ========
Net income per share, basic   $    .41  $    .39    $    .75  $    .73
Average shares outstanding       6,983     7,046       7,007     7,037

Net sales rose to $41.2 million in the second quarter of 2001; net income
was $2.9 million, or $.41 per share.
"""

TAGGED = """<SEC-DOCUMENT>
<TYPE>10-Q
<TEXT>
<PAGE>  3
<TABLE>
<CAPTION>
                     Quillfeather Lines, Inc. and Subsidiaries
                    Condensed Consolidated Balance Sheets
                              (in millions)
                                                March 31,   December 31,
                                                   1997           1996
<S>                                             <C>         <C>
ASSETS
Current assets
  Cash and equivalents.......................   $     31.2    $     28.9
  Receivables, less allowance of $1.4 and $1.2        104.6          99.0
  Inventories................................         58.3          61.7
                                                 ----------    ----------
    Total current assets.....................        194.1         189.6
Property and equipment, net..................        402.8         396.5
Other assets.................................          9.9          10.4
                                                 ----------    ----------
Total assets.................................   $    606.8    $    596.5
                                                 ==========    ==========
LIABILITIES AND SHAREHOLDERS' EQUITY
Accounts payable.............................   $     71.5    $     68.8
Long-term debt...............................        210.0         215.0
Common stock, $.10 par value; 40,000,000 shares
  authorized; 22,108,455 issued..............          2.2           2.2
Retained earnings............................        323.1         310.5
                                                 ----------    ----------
Total liabilities and shareholders' equity...   $    606.8    $    596.5
                                                 ==========    ==========
</TABLE>
<PAGE>  4
</TEXT>
</SEC-DOCUMENT>
"""

TABBED = """Marrowby Dairies Corp
Consolidated Statements of Cash Flows
(dollars in thousands)
\tYears ended December 31,
\t\t\t\t\t2004\t\t2003\t\t2002
Operating activities:
Net loss\t\t\t\t(1,204)\t\t(877)\t\t310
Depreciation\t\t\t\t2,050\t\t1,990\t\t1,875
Change in receivables\t\t\t(312)\t\t45\t\t(128)
Net cash provided by operating activities\t534\t\t1,158\t\t2,057
Investing activities:
Purchases of equipment\t\t\t(980)\t\t(1,410)\t\t(2,300)
Net cash used in investing activities\t(980)\t\t(1,410)\t\t(2,300)
Financing activities:
Repayment of notes\t\t\t(100)\t\t-\t\t-
Net cash used in financing activities\t(100)\t\t-\t\t-
Decrease in cash\t\t\t(546)\t\t(252)\t\t(243)
Cash at beginning of year\t\t1,905\t\t2,157\t\t2,400
Cash at end of year\t\t\t1,359\t\t1,905\t\t2,157
"""

MADE = (EXAMPLE.read_text(encoding="utf-8"), NARROW, TAGGED, TABBED, NARROW + "\n" * 3 + TAGGED + "\n" * 3 + TABBED)


def real_documents() -> tuple[Path, ...]:
    """Filings in text kept beside the checkout, or where ``XBRL_CORPUS`` says; none where there are none."""
    return tuple(sorted((_corpus() / "edgar-text" / "docs").glob("*.txt")))


def real_pages() -> tuple[Path, ...]:
    """Filings in HTML kept there, of recent years first."""
    return (
        *sorted((_corpus() / "html-statements").glob("*/statements.html")),
        *sorted((_corpus() / "html-releases").glob("*.htm")),
    )


def _corpus() -> Path:
    named = os.environ.get("XBRL_CORPUS")
    return Path(named) if named else Path(__file__).parents[3] / "shared" / "corpus"
