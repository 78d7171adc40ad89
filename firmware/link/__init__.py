"""The corridor between boxes: readings one way, leased commands the other, over frames that may get lost.

A role needs Hub (hub.py) and the bodies (bodies.py, orders.py, pieces.py); the other files serve these.
"""
