"""From tables to measures: which column is what, how responsible words are parted and whom they mean, when it happens.

Nothing here fits one municipality's document; what a plan can look like is told in the tests.
"""
