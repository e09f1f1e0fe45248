"""Makes small models and what XGBoost predicts with them, one run per XGBoost version:

    python3 make_xgboost_fixtures.py [KIND...]

writes xgboost-VERSION-KIND.json or .ubj and xgboost-VERSION.expected.json beside this script. Made with 1.3.3, 1.5.2
(categorical), 1.6.2 (categorical binary), 1.7.6, 2.1.4 (categorical squared), 3.1.2 (numeric categorical) and 3.4.1.

Numbers that must be met to the bit are stored as the bits of 32-bit floats. Categories of 1.5, which could not train
with them on a CPU, come from the fixture of 1.6.2 with its version rewritten.
"""

import json
import math
import pathlib
import sys

import numpy as np
import xgboost

FOLDER = pathlib.Path(__file__).parent
VERSION = tuple(int(part) for part in xgboost.__version__.split(".")[:3])
NAME = "xgboost-" + xgboost.__version__
TYPES = ["c", "c", "q", "q", "q"]
KINDS = {
    "numeric": dict(base_score=0.0807),
    "binary": dict(base_score=0.3),
    "dart": dict(booster="dart", rate_drop=0.5, seed=5, base_score=0.2),
    "forest": dict(num_parallel_tree=3, subsample=0.6, colsample_bynode=0.6, base_score=0.5),
    "categorical": dict(max_cat_to_onehot=4, base_score=0.5),
    "squared": dict(objective="reg:squarederror"),
    "logistic": dict(objective="reg:logistic", base_score=0.7),
    "raw": dict(objective="binary:logitraw", base_score=0.25),
}


def table(count, seed):
    random = np.random.default_rng(seed)
    values = np.column_stack([
        random.integers(0, 40, count), random.integers(0, 3, count), random.normal(size=(count, 3)),
    ]).astype(np.float32)
    values[random.random(values.shape) < 0.15] = np.nan
    signal = np.nan_to_num(values[:, 0]) * 7 % 5 + 3 * (values[:, 1] == 1) + np.nan_to_num(values[:, 2]) * 2
    return values, (signal + random.normal(size=count) > 3).astype(np.float32)


def matrix(values, labels=None, categorical=False):
    if categorical:
        return xgboost.DMatrix(values, labels, feature_types=TYPES, enable_categorical=True)
    return xgboost.DMatrix(values, labels)


def probes(model, categorical):
    """Rows that hit thresholds, both zeros, denormals, missing values and categories nobody has seen."""
    random = np.random.default_rng(1)
    booster = model["learner"]["gradient_booster"]
    trees = booster.get("gbtree", booster)["model"]["trees"]
    thresholds = [value for tree in trees for value in tree["split_conditions"] if not math.isnan(value)]
    rows, _ = table(40, seed=9)
    for row in rows[:24]:
        column = random.integers(0, 5)
        value = np.float32(random.choice(thresholds))
        row[column] = random.choice([value, np.nextafter(value, np.float32(9)), np.float32(-0.0), np.float32(1e-42)])
    if categorical:
        strange = [40, 63, 64, 100, 1e7, 2**24 - 1, 2**24, 3e9, -0.5, -1, -0.0, 0.5, 1.9999]
        rows[24:24 + len(strange), 0] = strange
        rows[24:28, 1] = [3, 31, 32, 500]
    return rows


def bits(values):
    return [int(value) for value in np.ascontiguousarray(values, np.float32).ravel().view(np.uint32)]


def rewritten(text):
    """The fixture of 1.6.2 as 1.5 would have written it."""
    model = json.loads(text)
    model["version"] = list(VERSION)
    for tree in model["learner"]["gradient_booster"]["model"]["trees"]:
        tree["default_left"] = [bool(value) for value in tree["default_left"]]
        tree["split_conditions"] = [0.0 if math.isnan(value) else value for value in tree["split_conditions"]]
    return json.dumps(model, separators=(",", ":"))


def make(kind):
    categorical = kind == "categorical"
    values, labels = table(600, seed=0)
    suffix = "ubj" if VERSION >= (2, 0, 0) or (VERSION >= (1, 6, 0) and kind == "binary") else "json"
    path = FOLDER / f"{NAME}-{kind}.{suffix}"
    if categorical and VERSION < (1, 6, 0):
        path.write_text(rewritten((FOLDER / "xgboost-1.6.2-categorical.json").read_text()))
        booster = xgboost.Booster(model_file=str(path))
    else:
        parameters = dict(objective="binary:logistic", tree_method="hist", max_depth=3, eta=0.5, nthread=1)
        parameters.update(KINDS[kind])
        train, test = matrix(values[:400], labels[:400], categorical), matrix(values[400:], labels[400:], categorical)
        stop = dict(early_stopping_rounds=5) if kind == "numeric" else {}
        booster = xgboost.train(parameters, train, 4, [(test, "test")], verbose_eval=False, **stop)
        if kind == "numeric":
            booster.set_attr(best_iteration="1")
        booster.save_model(str(path))
    temporary = FOLDER / "temporary.json"
    booster.save_model(str(temporary))
    rows = probes(json.loads(temporary.read_text()), categorical)
    temporary.unlink()
    data = matrix(rows, categorical=categorical and VERSION >= (1, 6, 0))
    options = dict(validate_features=False)
    answer = dict(
        file=path.name,
        columns=rows.shape[1],
        rows=bits(rows),
        margins=bits(booster.predict(data, output_margin=True, **options)),
        contributions=[round(float(v), 8) for v in booster.predict(data, pred_contribs=True, **options).ravel()],
    )
    few = matrix(rows[:6], categorical=categorical and VERSION >= (1, 6, 0))
    if kind != "dart":
        interactions = booster.predict(few, pred_interactions=True, **options)
        answer["interactions"] = [round(float(v), 8) for v in interactions.ravel()]
    if kind == "numeric" and VERSION >= (1, 4, 0):
        answer["best"] = bits(booster.predict(data, output_margin=True, iteration_range=(0, 2), **options))
    return kind, answer


def main():
    kinds = sys.argv[1:] or [kind for kind in KINDS if kind != "binary"]
    answers = dict(make(kind) for kind in kinds)
    text = json.dumps(answers, separators=(",", ":"))
    (FOLDER / f"{NAME}.expected.json").write_text(text + "\n")
    print(NAME, ", ".join(answers))


main()
