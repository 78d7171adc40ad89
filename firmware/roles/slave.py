"""The slave: a second Jullix that serves the first one as an extender does, by radio or house network.

It has the gateway's hardware, Ethernet included, so `link.way` may be "lan" or "both";
everything else is the extender's.
"""

from .extender import Role as Extender

Role = Extender  # main.py asks for it by this name; the build drops an import that nobody mentions
