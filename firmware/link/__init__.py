"""The corridor between boxes: readings one way, leased commands the other, over frames that may get lost.

A role needs Hub (hub.py), what it says (tell.py, listen.py, lines.py) and pieces.py; the others serve these.
"""
