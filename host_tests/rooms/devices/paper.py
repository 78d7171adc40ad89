"""Devices on paper: registers and answers built from the makers' tables, not with our code.

Each line of a table is (function, address, words, our key, what we must read), transcribed
by hand. Words are raw, as the device sends them. `Paper` answers PDUs from such a table the
way the maker's protocol says; it is the independent witness of the driver's tests.
"""


def table_of_me3000sp():
    """ME3000SP: charging 1000 W at 51.20 V, exporting 50 W. Signs and scales: the 2017 list."""
    return [
        (3, 0x0200, [2], "state", "charging"),
        # IDs 1 and 9 in the first word, 52 in the fourth, 77 in the fifth.
        (3, 0x0201, [0x0101, 0, 0, 0x0008, 0x1000], "sofar_fault_",
         ("sofar_fault_1", "sofar_fault_9", "sofar_fault_52", "sofar_fault_77")),
        (3, 0x0206, [2312], "grid_mv", 231200),
        (3, 0x0207, [0xFE50], "grid_ma", -4320),
        (3, 0x020C, [5001], "grid_millihertz", 50010),
        (3, 0x020D, [100], "power_w", -1000),
        (3, 0x020E, [5120], "voltage_mv", 51200),
        (3, 0x020F, [1953], "current_ma", -19530),
        (3, 0x0210, [65], "soc_pct", 65),
        (3, 0x0211, [0xFFFE], "battery_c", -2),
        (3, 0x0212, [5], "grid_w", -50),
        (3, 0x0213, [0xFFFF], "load_w", 0),
        (3, 0x0214, [0xFF9C], "ac_w", -1000),
        (3, 0x0215, [123], "clamp_w", 1230),
        (3, 0x0216, [2300], "backup_mv", 230000),
        (3, 0x0217, [7], "backup_w", 70),
        (3, 0x0219, [410], "export_today_wh", 4100),
        (3, 0x021A, [95], "import_today_wh", 950),
        (3, 0x021B, [1111], "load_today_wh", 11110),
        (3, 0x021E, [0x0001, 0x0002], "export_wh", 65538000),
        (3, 0x0220, [0, 812], "import_wh", 812000),
        (3, 0x0222, [0, 9001], "load_wh", 9001000),
        (3, 0x0224, [222], "charged_today_wh", 2220),
        (3, 0x0225, [201], "discharged_today_wh", 2010),
        (3, 0x0226, [0, 900], "charged_wh", 900000),
        (3, 0x0228, [0, 820], "discharged_wh", 820000),
        (3, 0x022A, [58], "reconnect_s", 58),
        (3, 0x022B, [0x0081], "sofar_alert_", ("sofar_alert_0", "sofar_alert_7")),
        (3, 0x022C, [148], "battery_cycles", 148),
        (3, 0x022D, [3800], "bus_mv", 380000),
        (3, 0x022E, [4001], "llc_bus_mv", 400100),
        (3, 0x0237, [98], "soh_pct", 98),
        (3, 0x0238, [31], "inverter_c", 31),
        (3, 0x0239, [0xFFFB], "heatsink_c", -5),
    ] + _rare() + [
        (3, 0x1200, [3], "mode", "passive"),
    ]


def _rare():
    """What is asked once a minute or once: board, battery management, identity."""
    return [
        (3, 0x023A, [8], "grid_code", 8),
        (3, 0x023B, [0xFFF0], "dc_ma", -16),
        (3, 0x023C, [3], "dc_mv", 300),
        (3, 0x023D, [0x0081], "sofar_battery_", ("sofar_battery_100", "sofar_battery_107")),
        (3, 0x0242, [0x0020], "sofar_board_", ("sofar_board_5",)),
        (3, 0x0243, [731], "running_today_min", 731),
        (3, 0x0244, [0, 8760], "running_h", 8760),
        (4, 0x104D, [20], "floor_soc_pct", 20),
        (4, 0x10B0, [1], "battery_type", 1),
        (4, 0x10B1, [74], "battery_ah", 74),
        (4, 0x10B3, [540], "charge_limit_mv", 54000),
        (4, 0x10B4, [2500], "charge_limit_ma", 25000),
        (4, 0x10B5, [560], "over_voltage_mv", 56000),
        (4, 0x10B6, [470], "discharge_limit_mv", 47000),
        (4, 0x10B7, [6500], "discharge_limit_ma", 65000),
        (4, 0x10B8, [440], "under_voltage_mv", 44000),
        (4, 0x10B9, [80], "depth_pct", 80),
        (4, 0x10BB, [4700], "empty_mv", 47000),
        (4, 0x10BC, [5320], "full_mv", 53200),
        # The real answer of a HYD 3000-ES (MichaluxPL/Sofar_LSW3 issue 16), its letters changed to E1.
        (4, 0x2000, [5], "product_code", 5),
        (4, 0x2001, _letters("SE1ES130LBL394"), "serial", "SE1ES130LBL394"),
        (4, 0x2008, _letters("V260"), "software", "V260"),
        (4, 0x200A, _letters("V100"), "hardware", "V100"),
        (4, 0x200C, _letters("V270"), "signal_processor", "V270"),
    ]


def _solar():
    return [
        (3, 0x0215, [123], "solar_w", 1230),
        (3, 0x0218, [1876], "solar_today_wh", 18760),
        (3, 0x021C, [0, 12345], "solar_wh", 12345000),
    ]


def table_of_ctpv():
    """The same inverter with a clamp on the existing PV inverter."""
    return [line for line in table_of_me3000sp() if line[1] != 0x0215] + _solar() + [
        (3, 0x0236, [534], "solar_ma", 5340),
    ]


def table_of_hyd_es():
    """HYD-ES: battery volts in 0.1 V, two PV strings, a state list that nobody agrees on."""
    lines = {0x020E: (3, 0x020E, [512], "voltage_mv", 51200), 0x0200: (3, 0x0200, [2], "state", 2)}
    own = [(3, 0x0246, [900], "insulation_1", 900), (3, 0x0247, [901], "insulation_2", 901),
           (3, 0x0248, [902], "insulation", 902)]
    for number, address in ((1, 0x0250), (2, 0x0253)):
        own += [(3, address, [3501], "string_%d_mv" % number, 350100),
                (3, address + 1, [512], "string_%d_ma" % number, 5120),
                (3, address + 2, [179], "string_%d_w" % number, 1790)]
    shared = [lines.get(line[1], line) for line in table_of_me3000sp() if line[1] != 0x0215]
    return shared + _solar() + own


def table_of_sdm630():
    """SDM630: IEEE-754 high word first; 230.5 V is 43 66 80 00."""
    return [
        (4, 0x0000, [0x4366, 0x8000], "l1_mv", 230500),
        (4, 0x0002, [0x4366, 0x8000], "l2_mv", 230500),
        (4, 0x0004, [0x4366, 0x8000], "l3_mv", 230500),
        (4, 0x0006, [0x4148, 0x0000], "l1_ma", 12500),
        (4, 0x0008, [0x3F00, 0x0000], "l2_ma", 500),
        (4, 0x000A, [0x0000, 0x0000], "l3_ma", 0),
        (4, 0x000C, [0xC42F, 0x0000], "l1_w", -700),
        (4, 0x000E, [0x4396, 0x4000], "l2_w", 301),  # 300.5, half away from zero
        (4, 0x0010, [0x7FC0, 0x0000], "l3_w", None),  # not a number
        (4, 0x0034, [0xC3C8, 0x0000], "grid_w", -400),
        (4, 0x0046, [0x4248, 0x0A3D], "grid_millihertz", 50010),
        (4, 0x0048, [0x4640, 0xE6AE], "import_wh", 12345670),
        (4, 0x004A, [0x42F6, 0xE979], "export_wh", 123456),
        (4, 0x015A, [0x4578, 0x1000], "l1_import_wh", 3969000),
        (4, 0x015C, [0x3F80, 0x0000], "l2_import_wh", 1000),
        (4, 0x015E, [0x0000, 0x0000], "l3_import_wh", 0),
    ]


TABLES = {
    "sofar_me3000sp": table_of_me3000sp,
    "sofar_me3000sp_ctpv": table_of_ctpv,
    "sofar_hyd_es": table_of_hyd_es,
    "eastron_sdm630": table_of_sdm630,
}


def _letters(text):
    raw = text.encode("ascii")
    return [raw[at] << 8 | raw[at + 1] for at in range(0, len(raw), 2)]


class Refusal(Exception):
    """Paper's exception answer; `code` as on the bus."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Paper:
    """Answers PDUs. `words` {(function, address): word}; holes inside known blocks read 0."""

    def __init__(self, lines):
        self.words = {}
        for function, address, raw, _, _ in lines:
            for offset, word in enumerate(raw):
                self.words[function, address + offset] = word
        self.status = (0x03, 0x00)  # high, low of the 0x42 answer
        self.writes = []  # PDUs of everything that was no read
        self.refused = {}  # address: exception code

    def put(self, function, address, *words):
        for offset, word in enumerate(words):
            self.words[function, address + offset] = word

    def answer(self, pdu):
        """The answer's PDU, or raises Refusal."""
        code, address = pdu[0], pdu[1] << 8 | pdu[2]
        if address in self.refused:
            raise Refusal(self.refused[address])
        if code in (3, 4):
            return self._read(code, address, pdu[3] << 8 | pdu[4])
        self.writes.append(pdu)
        if code == 0x42:
            return bytes((0x42, 2) + self.status)
        if code == 0x49:
            return bytes([0x49, 2, 0, 0])
        if code in (6, 16):
            return pdu[:5]
        raise Refusal(1)

    def _read(self, code, address, count):
        known = {place for function, place in self.words if function == code}
        if not any(place in known for place in range(address, address + count)):
            raise Refusal(2)
        found = bytearray([code, 2 * count])
        for place in range(address, address + count):
            word = self.words.get((code, place), 0)
            found += bytes([word >> 8, word & 0xFF])
        return bytes(found)
