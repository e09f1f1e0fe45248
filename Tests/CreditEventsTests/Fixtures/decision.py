"""Writes decision.json: the bytes of SampleDecision.full as Python's json and struct make them.

Run: python3 decision.py > decision.json
"""

import json
import sys


def decision_id(topic: str, partition: int, offset: int, application_id: str) -> str:
    """The 122 bits of a UUID of version 8 as DecisionID documents them."""
    mask = (1 << 64) - 1

    def text(value: str) -> bytes:
        data = value.encode()
        return len(data).to_bytes(8, "little") + data

    total = 0xCBF29CE484222325
    message = text(topic) + partition.to_bytes(8, "little") + offset.to_bytes(8, "little") + text(application_id)
    for byte in message:
        total = (total ^ byte) * 0x100000001B3 & mask
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        total = (total ^ total >> 33) * factor & mask
    total ^= total >> 33

    bits = f"{partition:022b}{offset:052b}{total >> 16:048b}"
    bits = bits[:48] + "1000" + bits[48:60] + "10" + bits[60:]
    digits = f"{int(bits, 2):032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


decision = {
    "schema": 1,
    "decision_id": decision_id("loan.applications", 3, 12345, "100002"),
    "application_id": "100002",
    "outcome": "decline",
    "probability_of_default": 0.1234567890123,
    "margin": -1.9600002,
    "points": 574,
    "thresholds": {"refer_from": 0.07, "decline_from": 1 / 11, "cost_ratio": 10.0},
    "rules": ["UNDER_AGE"],
    "reasons": [
        {"code": "SCORE", "fields": ["ext_1"], "contribution": 0.5},
        {"code": "LOAD", "fields": ["credit", "income"], "contribution": 0.1},
    ],
    "base": -2.75,
    "other": 1.9e-7,
    "model": {"name": "home-credit", "version": "2026-11-22", "sha256": "ab" * 32},
    "pipeline": {"name": "home-credit", "version": 1},
    "policy": {"version": 2},
    "source": {"topic": "loan.applications", "partition": 3, "offset": 12345},
    "data_quality": {
        "missing": 12,
        "unseen_category": ["job"],
        "out_of_range": ["income"],
        "unknown_field_count": 2,
        "unknown_fields": ['é"x', ""],
    },
    "program": "0.1.0",
}
sys.stdout.write(json.dumps(decision, separators=(",", ":"), ensure_ascii=False))
