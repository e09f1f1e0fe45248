"""A tuned XGBoost in Python on the folds of an experiment, beside the model that the experiment chose.

    creditstream train --experiment Config/training/home-credit.yaml --data application_train.csv.gz \\
        --registry models --predictions predictions.csv
    python3 Config/training/tuned_xgboost.py application_train.csv.gz predictions.csv

Needs xgboost, pandas and scikit-learn. Parameters are searched at random on the experiment's own folds, as the
experiment searched its own; the rounds are those with the least mean loss over the folds. Shown are both models' areas
under the ROC curve, out of fold and on held-out rows, with the paired 95 % interval of the difference (DeLong).
"""

import argparse

import numpy as np
import pandas as pd
import xgboost as xgb
from sklearn.metrics import roc_auc_score


def features(table):
    """What a Python user would give the trees: all columns, and the field's usual ratios."""
    table = table.copy()
    table["DAYS_EMPLOYED"] = table["DAYS_EMPLOYED"].replace(365243, np.nan)
    sources = table[["EXT_SOURCE_1", "EXT_SOURCE_2", "EXT_SOURCE_3"]]
    table["EXT_MEAN"], table["EXT_MIN"], table["EXT_MAX"] = sources.mean(axis=1), sources.min(axis=1), sources.max(axis=1)
    table["EXT_PRODUCT"] = sources.prod(axis=1)
    table["EXT_WEIGHTED"] = (sources * [2, 2, 3]).sum(axis=1) / (sources.notna() * [2, 2, 3]).sum(axis=1)
    table["CREDIT_TERM"] = table["AMT_CREDIT"] / table["AMT_ANNUITY"]
    table["CREDIT_TO_GOODS"] = table["AMT_CREDIT"] / table["AMT_GOODS_PRICE"]
    table["ANNUITY_TO_INCOME"] = table["AMT_ANNUITY"] / table["AMT_INCOME_TOTAL"]
    table["CREDIT_TO_INCOME"] = table["AMT_CREDIT"] / table["AMT_INCOME_TOTAL"]
    table["EMPLOYED_TO_AGE"] = table["DAYS_EMPLOYED"] / table["DAYS_BIRTH"]
    table["PHONE_TO_AGE"] = table["DAYS_LAST_PHONE_CHANGE"] / table["DAYS_BIRTH"]
    for column in table.select_dtypes(exclude="number"):
        table[column] = table[column].astype("category").cat.codes.replace(-1, np.nan)
    return table.drop(columns=["SK_ID_CURR", "TARGET", "CODE_GENDER", "NAME_FAMILY_STATUS"]).astype(np.float32)


def placements(scores, targets):
    """Of each row the share of the other class that it is on the right side of, ties half."""
    bad, good = np.sort(scores[targets == 1]), np.sort(scores[targets == 0])
    below = (np.searchsorted(good, scores, "left") + np.searchsorted(good, scores, "right")) / 2 / len(good)
    above = 1 - (np.searchsorted(bad, scores, "left") + np.searchsorted(bad, scores, "right")) / 2 / len(bad)
    return np.where(targets == 1, below, above)


def paired(ours, theirs, targets):
    difference = placements(ours, targets) - placements(theirs, targets)
    parts = [difference[targets == wanted] for wanted in (0, 1)]
    return parts[1].mean(), sum(part.var(ddof=1) / len(part) for part in parts)


def line(name, ours, theirs, difference, variance):
    reach = 1.959963984540054 * variance**0.5
    print(
        f"{name:12} creditstream {ours:.4f}  python {theirs:.4f}  difference {difference:+.4f}  "
        f"95 % {difference - reach:+.4f} to {difference + reach:+.4f}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("predictions")
    parser.add_argument("--candidates", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    rows = pd.read_csv(options.predictions, dtype={"application_id": str, "fold": str})
    table = pd.read_csv(options.data).assign(key=lambda t: t["SK_ID_CURR"].astype(str)).set_index("key")
    table = table.loc[rows["application_id"]].reset_index(drop=True)
    values, targets, ours = features(table), rows["defaulted"].to_numpy(), rows["margin"].to_numpy()
    assert (table["TARGET"].to_numpy() == targets).all(), "the predictions belong to other data"
    fold = rows["fold"].to_numpy()
    held = fold == "held_out"
    folds = [(~held & (fold != name), fold == name) for name in sorted(set(fold[~held]))]
    matrices = []
    for train, test in folds:
        fit = xgb.QuantileDMatrix(values[train], targets[train])
        matrices.append((fit, xgb.QuantileDMatrix(values[test], targets[test], ref=fit)))
    random = np.random.RandomState(options.seed)
    best = None
    for number in range(options.candidates):
        parameters = {
            "objective": "binary:logistic",
            "tree_method": "hist",
            "base_score": float(targets[~held].mean()),
            "nthread": options.threads,
            "seed": options.seed,
            "eta": float(np.exp(random.uniform(np.log(0.05), np.log(0.15)))),
            "max_depth": int(random.choice([3, 4, 5])),
            "subsample": random.uniform(0.6, 1),
            "colsample_bytree": random.uniform(0.15, 0.6),
            "min_child_weight": float(np.exp(random.uniform(0, np.log(40)))),
            "lambda": float(np.exp(random.uniform(0, np.log(60)))),
            "alpha": random.uniform(0, 2),
        }
        boosters, losses = [], []
        for fit, test in matrices:
            history = {}
            boosters.append(
                xgb.train(
                    {**parameters, "eval_metric": "logloss"}, fit, 1000, evals=[(test, "test")],
                    early_stopping_rounds=25, evals_result=history, verbose_eval=False,
                )
            )
            losses.append(history["test"]["logloss"])
        length = min(map(len, losses))
        rounds = int(np.argmin(np.sum([loss[:length] for loss in losses], axis=0))) + 1
        scores = np.full(len(rows), np.nan)
        for booster, (_, test), (_, inside) in zip(boosters, matrices, folds):
            scores[inside] = booster.predict(test, iteration_range=(0, rounds))
        area = np.mean([roc_auc_score(targets[inside], scores[inside]) for _, inside in folds])
        print(f"candidate {number + 1}: {area:.4f}, {rounds} rounds", flush=True)
        if best is None or area > best[0]:
            best = (area, parameters, rounds, scores)
    area, parameters, rounds, scores = best
    results = [paired(ours[inside], scores[inside], targets[inside]) for _, inside in folds]
    line(
        "out of fold",
        np.mean([roc_auc_score(targets[inside], ours[inside]) for _, inside in folds]),
        area,
        np.mean([difference for difference, _ in results]),
        sum(variance for _, variance in results) / len(results) ** 2,
    )
    everything = xgb.QuantileDMatrix(values[~held], targets[~held])
    longer = round(rounds * len(folds) / (len(folds) - 1))
    theirs = xgb.train(parameters, everything, longer).predict(xgb.QuantileDMatrix(values[held], ref=everything))
    difference, variance = paired(ours[held], theirs, targets[held])
    line("held out", roc_auc_score(targets[held], ours[held]), roc_auc_score(targets[held], theirs), difference, variance)


main()
