"""Tests of Verité; they mirror the packages."""
