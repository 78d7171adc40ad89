"""Who this box is: what its sticker says. Written once by tools/provision, read at start (identity_file.py).

Apart from the settings on purpose: a factory reset, a backup or a settings page
never touches it. The AP password and the POP code are drawn at random for each
box and come from nothing that a box tells (MAC, serial): facts: device 4.4. They
are never printed: repr() shows the SSID, and no word or log takes an Identity.
"""

KIND = "identity"
VERSION = 1

# No 0 O 1 I L: read from a sticker in a dark cupboard. 31 letters are 4.95 bit each.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PASSWORD_LETTERS = 12  # 59 bit: about 10 000 years of one fast card (facts: device 4.5)
POP_LETTERS = 18  # 89 bit: nobody guesses it, whatever the portal allows


class Identity:
    """model, mac ("F4:12:FA:40:06:E4"), serial, ssid; password and pop are None when not provisioned."""

    def __init__(self, mac, model="JULLIX", serial="", password=None, pop=None):
        self.model = model
        self.mac = mac
        self.serial = serial
        self.ssid = ssid_of(mac, model)
        self.password = password
        self.pop = pop

    def __repr__(self):
        return "<Identity %s>" % self.ssid

    __str__ = __repr__

    def owns(self, typed):
        """True when `typed` is this box's POP code, spaces, dashes and case aside.

        Takes equally long for each wrong code of the right length.
        """
        if not self.pop:
            return False
        typed = tidy(typed)
        wrong = len(typed) ^ len(self.pop)
        for i in range(len(self.pop)):
            wrong |= ord(self.pop[i]) ^ (ord(typed[i]) if i < len(typed) else 0x80)
        return wrong == 0


def ssid_of(mac, model="JULLIX"):
    """`JULLIX_ABC123`: the model and the last three bytes of the MAC, which is on the air anyway."""
    return model + "_" + mac.replace(":", "").replace("-", "")[-6:].upper()


def tidy(code):
    """A code as it is stored: capitals, no spaces, no dashes."""
    return code.replace(" ", "").replace("-", "").upper()
