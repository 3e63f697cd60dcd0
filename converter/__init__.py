"""Turns financial statements that people wrote for people into inline XBRL, and proves what it did."""
