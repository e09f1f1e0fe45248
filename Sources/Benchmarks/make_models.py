"""Makes the models and rows that the tree engine is measured on; they are not part of the repository.

    python3 make_models.py FOLDER [S] [M] [L]

writes S.json, S.ubj, M.json, … and rows.csv into FOLDER. Needs xgboost and numpy, any version from 1.7 on; the files
are read by that version and by newer ones. The same seed and the same versions give the same bytes.

| model | trees x depth |
|---|---|
| S | 100 x 4 |
| M | 500 x 6 |
| L | 2000 x 8 |

The data imitates a table of loan applications: 100 numbers of two scales with 20 % missing values, 20 indicators, and
a label with a tenth of ones that depends on 40 of the numbers and on noise.
"""

import pathlib
import sys

import numpy as np
import xgboost

NUMBERS, INDICATORS = 100, 20
MODELS = {
    "S": dict(rounds=100, rows=30_000, max_depth=4, min_child_weight=0.2, subsample=1.0),
    "M": dict(rounds=500, rows=30_000, max_depth=6, min_child_weight=0.2, subsample=1.0),
    "L": dict(rounds=2000, rows=40_000, max_depth=8, min_child_weight=0.02, subsample=1.0),
}


def rows(count, seed):
    random = np.random.default_rng(seed)
    values = random.uniform(-2, 2, (count, NUMBERS)).astype(np.float32)
    values[:, ::3] *= 1000
    values[random.random(values.shape) < 0.2] = np.nan
    indicators = (random.random((count, INDICATORS)) < 0.2).astype(np.float32)
    return np.hstack([values, indicators])


def labels(values, seed):
    random = np.random.default_rng(seed)
    part = values[:, :40].copy()
    part[:, ::3] /= 1000
    signal = np.where(np.isnan(part), 0.3, part) @ np.where(np.arange(40) % 2 == 0, 1.0, -0.7)
    noisy = signal + 2 * random.standard_normal(len(values))
    return (noisy > np.quantile(noisy, 0.9)).astype(np.float32)


def train(name, folder):
    settings = dict(MODELS[name])
    values = rows(settings.pop("rows"), seed=1)
    matrix = xgboost.DMatrix(values, labels(values, seed=2))
    rounds = settings.pop("rounds")
    parameters = dict(
        objective="binary:logistic", tree_method="hist", eta=0.05, max_bin=64, colsample_bytree=0.25,
        reg_lambda=0.1, seed=3, nthread=2, base_score=0.5, **settings,
    )
    booster = xgboost.train(parameters, matrix, rounds)
    booster.save_model(folder / f"{name}.json")
    booster.save_model(folder / f"{name}.ubj")
    nodes = len(booster.trees_to_dataframe()) if name != "L" else None
    sizes = [(folder / f"{name}.{kind}").stat().st_size / 1e6 for kind in ("json", "ubj")]
    print(f"{name}: {rounds} trees, {nodes or 'many'} nodes, JSON {sizes[0]:.2f} MB, UBJ {sizes[1]:.2f} MB", flush=True)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    test = rows(20_000, seed=77)
    header = ",".join(f"f{index}" for index in range(test.shape[1]))
    with open(folder / "rows.csv", "w") as file:
        file.write(header + "\n")
        for row in test:
            file.write(",".join("" if np.isnan(value) else f"{value:.9g}" for value in row) + "\n")
    for name in sys.argv[2:] or MODELS:
        train(name, folder)


if __name__ == "__main__":
    main()
