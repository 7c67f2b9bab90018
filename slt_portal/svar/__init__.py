"""The questions that a personal link in a mail can ask. Each kind is a `Formal`; `register` names them all.

varsling makes, signs and finds the links; the domain apps record the answers; the page is composed here.
"""
