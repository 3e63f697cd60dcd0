"""Tests of the comparison of inline documents."""
