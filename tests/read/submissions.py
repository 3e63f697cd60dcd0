"""A submission of an invented company, in parts that the tests put together and spoil."""

from __future__ import annotations

ENVELOPE = """\
-----BEGIN PRIVACY-ENHANCED MESSAGE-----
Proc-Type: 2001,MIC-CLEAR
Originator-Name: keys@example.org
MIC-Info: RSA-MD5,RSA,
 Qm9ndXMga2V5IG9mIGFuIGludmVudGVkIGNvbXBhbnk4MTU=

"""
HEADER = """\
<SEC-DOCUMENT>0000999901-97-000003.txt : 19971114
<SEC-HEADER>0000999901-97-000003.hdr.sgml : 19971114
ACCESSION NUMBER:\t\t0000999901-97-000003
CONFORMED SUBMISSION TYPE:\t10-Q
PUBLIC DOCUMENT COUNT:\t\t3
CONFORMED PERIOD OF REPORT:\t19970927
FILED AS OF DATE:\t\t19971112

FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tQUILLBROOK KILNS INC
\t\tCENTRAL INDEX KEY:\t\t\t0000999901
\t\tIRS NUMBER:\t\t\t\t990000017
\t\tFISCAL YEAR END:\t\t\t0930

\tBUSINESS ADDRESS:\t
\t\tSTREET 1:\t\t12 CLAY ROAD
\t\tBUSINESS PHONE:\t\t5550142

\tFORMER COMPANY:\t
\t\tFORMER CONFORMED NAME:\tQUILLBROOK POTTERIES
</SEC-HEADER>
"""
QUARTER = """\

<PAGE>
                                QUILLBROOK KILNS, INC.
                                    BALANCE SHEETS
                                    (In thousands)
<TABLE>
<CAPTION>
                                               September 27,    September 28,
                                                   1997             1996
<S>                                                <C>              <C>
Cash and cash equivalents                      $   1,310        $   1,190
Inventories                                          440              410
Property, plant and equipment                      2,000            1,900
Less accumulated depreciation                       (750)            (700)
                                               ---------        ---------
Total assets                                   $   3,000        $   2,800
                                               =========        =========
Accounts payable                               $     900        $     800
Common stock                                         100              100
Retained earnings                                  2,000            1,900
                                               ---------        ---------
Total liabilities and stockholders' equity     $   3,000        $   2,800
                                               =========        =========
</TABLE>

                                QUILLBROOK KILNS, INC.
                               STATEMENTS OF OPERATIONS
                     (In thousands, except per share amounts)
<TABLE>
<CAPTION>
                                                 Three Months Ended
                                            September 27,    September 28,
                                                1997             1996
<S>                                             <C>              <C>
Net sales                                   $   1,800        $   1,700
Cost of sales                                   1,200            1,150
Interest expense                                   50               60
                                            ---------        ---------
Net income                                  $     550        $     490
                                            =========        =========
Net income per share, basic and diluted     $    0.55        $    0.49
</TABLE>
"""
LETTER = """\

Quillbrook Kilns promises Fern Oddy a bonus of $1,500 for each kiln sold.
Both have signed this letter on May 5, 1997.
"""
SCHEDULE = """\

<TABLE> <S> <C>

<ARTICLE> 5
<LEGEND>
Of the statements of QUILLBROOK KILNS, INC. for 1997.
<CASH> is stated below.
</LEGEND>
<CIK> 0000999901
<MULTIPLIER> 1,000

<S>                             <C>
<PERIOD-TYPE>                   3-MOS
<FISCAL-YEAR-END>                          SEP-30-1997
<PERIOD-END>                               SEP-27-1997
<CASH>                                           1,310<F1>
<SECURITIES>                                         0
<INVENTORY>                                        440
<DEPRECIATION>                                   (750)
<TOTAL-ASSETS>                                   3,000
<TOTAL-LIABILITY-AND-EQUITY>                     3,000
<TOTAL-REVENUES>                                 1,800
<NET-INCOME>                                       550
<EPS-PRIMARY>                                      .55
<FN>
<F1>CASH IN 2 BANKS
</FN>
</TABLE>
"""
UUENCODED = "begin 644 kiln.gif\nM" + "9" * 60 + "\n#1234\n`\nend\n"


def wrapped(type_: str, sequence: int, body: str) -> str:
    """A document with its tags."""
    return f"<DOCUMENT>\n<TYPE>{type_}\n<SEQUENCE>{sequence}\n<DESCRIPTION>PAPER {sequence}\n<TEXT>\n{body}</TEXT>\n</DOCUMENT>\n"


DOCUMENTS = wrapped("10-Q", 1, QUARTER) + wrapped("EX-10.1", 2, LETTER) + wrapped("EX-27", 3, SCHEDULE)
SUBMISSION = HEADER + DOCUMENTS + "</SEC-DOCUMENT>\n"
SEALED = ENVELOPE + SUBMISSION + "-----END PRIVACY-ENHANCED MESSAGE-----\n"
