"""Writes NAME.json beside each telegram: what it says, by the two witnesses of witness.py.

    python -m host_tests.rooms.p1.make_expected

A value goes in where both witnesses agree, or where dsmr_parser does not speak. Where dsmr_parser
says something else, WRONG has to give the reason, and the fixture keeps what it said; without a
reason this program stops. It never runs the firmware. Run it only after adding a telegram.
"""

import json
import pathlib
import sys

from host_tests.rooms.p1 import witness, witness_dsmr

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "telegrams"

SPECIFICATIONS = (  # beginning of the name, or of what follows bad_ -> dsmr_parser's specification
    ("be_", "BELGIUM_FLUVIUS"), ("ch_", "BELGIUM_FLUVIUS"), ("nl_v22", "V2_2"), ("nl_v3", "V3"),
    ("nl_v4", "V4"), ("nl_kaifa", "V4"), ("nl_", "V5"), ("lu_", "LUXEMBOURG_SMARTY"), ("se_", "SWEDEN"),
    ("at_", "SAGEMCOM_T210_D_R"), ("hu_", "EON_HUNGARY"),
)

PLACEHOLDER_ROW = "keeps the row without a peak (632525252525W) as 0 W of that month"
GLUED = "raises on a number glued to its unit"
WRONG = {
    ("be_t211_3p_v50217_hist4_placeholder_gas_water", "history"): PLACEHOLDER_ROW,
    ("be_t211_3p_v50217_hist7_placeholder_gas", "history"): PLACEHOLDER_ROW,
    ("be_t211_3p_v50217_hist13_placeholder_inject", "history"): PLACEHOLDER_ROW,
    ("be_t211_3p_v50217_delta_hist0_water_gas_inject", "crc"):
        "reads the checksum only up to its first lower-case letter",
    ("be_spec_emucs171_3p_gas_water", "history"):
        "takes the zone's summer time for 5 March although the stamp's flag says S; the flag decides",
    ("nl_v3_spec_example", "limiter_w"): "DSMR 3.0 prints this threshold in ampere: it is no power",
    ("nl_v3_spec_example", "gas"): "a year before 2015 is a clock that was never set; the volume stays",
    ("nl_v40_landis_clock_unset", "time"): "000101010000W is a clock that was never set, not the year 2000",
    ("be_v50213_gas_not_ready_nounit", "error"): GLUED,
    ("be_v50215_units_without_star", "error"): GLUED,
}
DUMMY = "the document prints the dummy checksum 1234; test_resealed reads it with a right one"
REPLACED = "identifiers replaced by its project: the checksum no longer fits; see test_resealed"
NOTES = {
    "be_s211_1p_v50213_crc_bad": "edited after capture: the checksum does not fit, so there are no readings",
    "be_spec_emucs211_3p_gas_water_ean": DUMMY,
    "be_spec_emucs211_1p_gas_water_ean": DUMMY,
    "be_t211_3p_two_gas_anon": REPLACED,
    "be_t211_3p_delta_peak_anon":
        "its project's string had the octal escape \\253 in the header: the checksum no longer fits",
    "ch_groupe_e_xt211_anon": REPLACED,
    "enc_sagemcom_glo_cipher_511": "an encrypted frame: no telegram, and the port is named as encrypted",
    "bad_be_dropped_bytes_delta": "bytes lost after the long history line: refused",
    "bad_be_half_no_footer": "ends before the line with the checksum: no telegram at all",
    "bad_be_xs212_overrun": "bytes lost inside the history: refused",
    "bad_nl_bitflips_t210": "1,0:2.7.0 and missing digits: refused",
    "bad_nl_cut_in_unit_then_whole": "the first telegram is cut; only the second one is read",
    "bad_nl_cut_then_whole": "the first telegram is cut; only the second one is read",
    "bad_nl_kaifa_crc": "plausible, but the checksum is ABCD: refused",
    "bad_nl_overflow_noise": "seven cut telegrams, the last with a line end that is not its own: refused",
    "lu_spec_smarty_gas_water_heat":
        "two gas meters: the one read last counts; 1-1:31.4.0 has two values, the first is the fuse",
    "nl_v5_mcs_3p_zero_clock": "month 00 is no time, and the zeroed serial number is none",
}


def specification(name):
    """The dsmr_parser specification for a fixture of that name."""
    short = name[4:] if name.startswith("bad_") else name
    return next(spec for start, spec in SPECIFICATIONS if short.startswith(start))


def expected(path):
    """-> (telegrams as JSON objects, what dsmr_parser says otherwise)."""
    name = path.stem
    expect, wrong = [], {}
    for telegram in witness.telegrams(path.read_bytes()) if path.suffix == ".txt" else []:
        plain = witness.plain(telegram)
        said = witness_dsmr.dsmr(telegram, specification(name))
        for key, value in said.items():
            if plain.get(key) != value:
                if (name, key) not in WRONG:
                    sys.exit("{}: {} is {!r}, dsmr_parser says {!r}: give a reason in WRONG".format(
                        name, key, plain.get(key), value))
                wrong[key] = {"says": value, "why": WRONG[name, key]}
        expect.append(plain)
    return expect, wrong


def main():
    """Write them all."""
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in (".txt", ".bin") and path.name != "README.txt":
            expect, wrong = expected(path)
            content = {"expect": expect}
            if wrong:
                content["dsmr_parser"] = wrong
            if path.stem in NOTES:
                content["note"] = NOTES[path.stem]
            text = json.dumps(content, indent=1, ensure_ascii=False)
            path.with_suffix(".json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
