"""What can be chosen: Type, Group, Subgroup, Model as the installer's guide has them.

Light on purpose (one tuple a model), because the phone page reads it whole; the file
behind a model is imported only once chosen. It refuses to know any register.
"""

# (type, group, subgroup or None, model, catalogue file)
CHOICES = (
    ("Retro", "Sofar", None, "Sofar ME3000SP", "sofar_me3000sp"),
    ("Hybrid", "Sofar", "ME3000SP", "Sofar ME3000SP (CTpv)", "sofar_me3000sp_ctpv"),
    ("Hybrid", "Sofar", "HYD-ES", "Sofar HYD 3000..6000-ES", "sofar_hyd_es"),
    ("Meter", "Eastron", None, "SDM630", "eastron_sdm630"),
)


class UnknownModel(ValueError):
    """The four words name no row of CHOICES; the text says which word and what is possible."""


def options(*chosen):
    """Words possible at the next level after `chosen` (0 to 3 of them), each once.

    options() are the types, options("Retro") the groups, options("Retro", "Sofar") the
    subgroups (None where a group has none), then the models. Unknown words: empty list.
    """
    level = len(chosen)
    words = []
    for choice in CHOICES:
        if choice[:level] == chosen and choice[level] not in words:
            words.append(choice[level])
    return words


def file_of(kind, group, subgroup, model):
    """The catalogue file of a model; "" counts as no subgroup. Raises UnknownModel."""
    wanted = (kind, group, subgroup or None, model)
    for choice in CHOICES:
        if choice[:4] == wanted:
            return choice[4]
    for level in range(4):
        possible = options(*wanted[:level])
        if wanted[level] not in possible:
            raise UnknownModel("%s %r is not in the catalogue; choose one of: %s" % (
                ("type", "group", "subgroup", "model")[level], wanted[level],
                ", ".join(str(word) for word in possible)))
    raise UnknownModel("no such model: %r" % (wanted,))
