"""Makes small LightGBM text models and what LightGBM predicts with them:

    python3 make_lightgbm_fixtures.py

writes lightgbm-VERSION-KIND.txt and lightgbm-VERSION.expected.json beside this script. Made with 4.6.0. Rows hold
32-bit floats; margins are stored as the bits of 64-bit floats, in hexadecimal.
"""

import json
import pathlib

import lightgbm
import numpy as np

FOLDER = pathlib.Path(__file__).parent
NAME = "lightgbm-" + lightgbm.__version__
KINDS = {
    "binary": {},
    "zero": dict(zero_as_missing=True),
    "none": dict(use_missing=False),
    "categorical": dict(min_data_per_group=5, cat_smooth=1, cat_l2=1, max_cat_to_onehot=4),
    "regression": dict(objective="regression"),
    "dart": dict(boosting="dart", drop_rate=0.5),
    "cross_entropy": dict(objective="cross_entropy"),
}


def table(count, seed):
    random = np.random.default_rng(seed)
    values = np.column_stack([
        random.integers(0, 70, count), random.integers(0, 3, count), random.normal(size=(count, 3)),
    ]).astype(np.float32)
    values[random.random(values.shape) < 0.15] = np.nan
    values[random.random(values.shape) < 0.15] = 0
    signal = np.nan_to_num(values[:, 0]) * 7 % 5 + 3 * (values[:, 1] == 1) + np.nan_to_num(values[:, 2]) * 2
    return values, (signal + random.normal(size=count) > 3).astype(np.float32)


def thresholds(text):
    for line in text.splitlines():
        if line.startswith("threshold="):
            yield from (float(part) for part in line[10:].split())


def probes(text):
    """Rows on both sides of thresholds, zeros and almost zeros, infinities and categories nobody has seen."""
    random = np.random.default_rng(1)
    known = np.array(list(thresholds(text)))
    rows, _ = table(60, seed=9)
    infinite = np.float32(np.inf)
    for row in rows[:40]:
        near = np.float32(random.choice(known))
        near = random.choice([near, np.nextafter(near, infinite), np.nextafter(near, -infinite)])
        tiny = [np.float32(value) for value in (0.0, -0.0, 1e-35, -1e-35, 1.1e-35, 1e-42, np.inf, -np.inf, 3.4e38)]
        row[random.integers(0, 5)] = near
        row[random.integers(0, 5)] = random.choice(tiny)
    rows[40:52, 0] = [70, 95, 96, 1000, 1e7, 2**24, 3e9, -0.5, -1, -0.0, 0.5, 1.9999]
    return rows


def make(kind):
    values, labels = table(600, seed=0)
    parameters = dict(
        objective="binary", num_leaves=7, learning_rate=0.5, min_data_in_leaf=5, verbose=-1, num_threads=1,
        deterministic=True, seed=3,
    )
    parameters.update(KINDS[kind])
    categories = [0, 1] if kind == "categorical" else "auto"
    # Free text below the trees is not needed for predictions: a short one keeps the fixtures small.
    booster = lightgbm.train(parameters, lightgbm.Dataset(values, labels, categorical_feature=categories), 5)
    text = booster.model_to_string()
    start, end = text.index("[boosting"), text.index("end of parameters")
    (FOLDER / f"{NAME}-{kind}.txt").write_text(text[:start] + "[boosting: gbdt]\n\n" + text[end:])
    rows = probes(text)
    margins = booster.predict(rows, raw_score=True).astype(np.float64)
    contributions = booster.predict(rows, pred_contrib=True)
    return dict(
        file=f"{NAME}-{kind}.txt",
        columns=rows.shape[1],
        rows=[int(value) for value in np.ascontiguousarray(rows).ravel().view(np.uint32)],
        margins=[f"{value:016x}" for value in margins.view(np.uint64)],
        contributions=[round(float(value), 8) for value in contributions.ravel()],
    )


def main():
    answers = {kind: make(kind) for kind in KINDS}
    text = json.dumps(answers, separators=(",", ":"))
    (FOLDER / f"{NAME}.expected.json").write_text(text + "\n")
    print(NAME, ", ".join(answers))


main()
