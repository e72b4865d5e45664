"""Administrative units of Vietnam by date: lookup, name matching, conversion of July 2025."""
