"""What this firmware calls itself, on the status page, in the journal and in a packet."""

VERSION = "0.1.0"
