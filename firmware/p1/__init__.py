"""The meter's port: bytes in, core's Meter out, and the reason when nothing comes.

A caller needs Framer (framer.py), parse (telegram.py), Listener (profiles.py) and Diagnosis
(diagnosis.py); the other files serve these.
"""
