"""Which boards there are: the files in profiles/. Loaded when somebody has to be told."""

import os


def names():
    """The boards, sorted: "esp32_devkit", "s3_w5500", ..."""
    folder = __file__[: __file__.rfind("/") + 1] + "profiles"
    found = {name.split(".")[0] for name in os.listdir(folder)}
    return sorted(name for name in found if name[0] != "_")
