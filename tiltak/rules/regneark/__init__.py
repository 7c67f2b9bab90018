"""The measures as a spreadsheet that comes back: its columns, what a cell says, and what was changed in it.

No name is imported here: a caller says which part it means.
"""
