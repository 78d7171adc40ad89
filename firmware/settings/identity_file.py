"""Reads who this box is. In memory at start only."""

from .identity import KIND, Identity
from .sealed import Damaged, unseal


def load(folder, mac):
    """(Identity, reason): the reason is None, or the word why there are no secrets.

    `mac` is what the chip says; a file written for another box is not believed.
    """
    path = (folder + "/" if folder and folder[-1] != "/" else folder) + "identity.json"
    try:
        with open(path, "rb") as file:
            _, values = unseal(KIND, file.read())
        if mac and values["mac"] != mac:
            return Identity(mac), "identity_other_box"
        return Identity(values["mac"], values["model"], values["serial"],
                        values["password"], values["pop"]), None
    except OSError:
        return Identity(mac or "00:00:00:00:00:00"), "identity_missing"
    except (Damaged, KeyError):
        return Identity(mac or "00:00:00:00:00:00"), "identity_damaged"
