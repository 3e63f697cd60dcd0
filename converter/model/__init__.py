"""The ground floor: frozen values that flow from stage to stage.

Nothing here reads, writes, prints or knows a library; ``Decimal`` and ``date`` are the only
foreign types. Amounts are ``Decimal`` in full units, never float.
"""
