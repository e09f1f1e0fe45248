"""Writes scikit_learn.json: a training table, other rows, and what scikit-learn makes of both.

    pip install scikit-learn pandas && python3 scikit_learn.py > scikit_learn.json
"""
import json
import warnings

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, StandardScaler, TargetEncoder

MINIMUM_COUNT = 15
SMOOTHING = 20.0
warnings.filterwarnings("ignore")


def table(source, rows, categories):
    def holes(column, share):
        return [None if source.random() < share else value for value in column]

    weights = np.array([1 / (1 + i) for i in range(len(categories))])
    draw = lambda: source.choice(categories, rows, p=weights / weights.sum()).tolist()
    return {
        "PLAIN": holes(source.normal(3, 10, rows).tolist(), 0.2),
        "MEDIAN": holes(source.normal(1e6, 1e5, rows).tolist(), 0.25),
        "MEAN": holes(source.exponential(3, rows).tolist(), 0.1),
        "SCALED": holes(source.normal(-50, 7, rows).tolist(), 0.3),
        "SKEWED": holes(source.lognormal(8, 2, rows).tolist(), 0.15),
        "CONSTANT": [4.5] * rows,
        "KIND": holes(draw(), 0.1),
        "RATE": holes(draw(), 0.1),
        "RAW_RATE": holes(draw(), 0.1),
    }


def numbers(column):
    return np.array([np.nan if value is None else value for value in column], dtype=float).reshape(-1, 1)


def texts(column):
    return np.array([np.nan if value is None else value for value in column], dtype=object).reshape(-1, 1)


def main():
    source = np.random.default_rng(20260117)
    categories = ["red", "green", "blue", "Élan", "a=b", "x", "y", "z"]
    train = table(source, 400, categories)
    target = (source.random(400) < 0.25).astype(int)
    other = table(source, 80, categories + ["never seen", "nor this"])

    fitted, expected = {}, {"PLAIN": numbers(other["PLAIN"])}
    median = SimpleImputer(strategy="median").fit(numbers(train["MEDIAN"]))
    fitted["MEDIAN"] = {"fill": median.statistics_[0]}
    expected["MEDIAN"] = median.transform(numbers(other["MEDIAN"]))
    expected["MEDIAN is missing"] = np.isnan(numbers(other["MEDIAN"])).astype(float)
    mean = SimpleImputer(strategy="mean").fit(numbers(train["MEAN"]))
    fitted["MEAN"] = {"fill": mean.statistics_[0]}
    expected["MEAN"] = mean.transform(numbers(other["MEAN"]))
    scaler = StandardScaler().fit(numbers(train["SCALED"]))
    fitted["SCALED"] = {"mean": scaler.mean_[0], "deviation": scaler.scale_[0]}
    expected["SCALED"] = scaler.transform(numbers(other["SCALED"]))

    imputer = SimpleImputer(strategy="median").fit(numbers(train["SKEWED"]))
    logged = np.log1p(imputer.transform(numbers(train["SKEWED"])))
    scaler = StandardScaler().fit(logged)
    fitted["SKEWED"] = {"fill": imputer.statistics_[0], "mean": scaler.mean_[0], "deviation": scaler.scale_[0]}
    expected["SKEWED"] = scaler.transform(np.log1p(imputer.transform(numbers(other["SKEWED"]))))
    scaler = StandardScaler().fit(numbers(train["CONSTANT"]))
    fitted["CONSTANT"] = {"mean": scaler.mean_[0], "deviation": scaler.scale_[0]}
    expected["CONSTANT"] = scaler.transform(numbers(other["CONSTANT"]))

    one_hot = OneHotEncoder(min_frequency=MINIMUM_COUNT, handle_unknown="infrequent_if_exist", sparse_output=False)
    one_hot.fit(texts(train["KIND"]))
    columns = one_hot.transform(texts(other["KIND"])).T
    for name, column in zip(one_hot.get_feature_names_out(["KIND"]), columns):
        category = name.removeprefix("KIND_")
        label = {"nan": "KIND is missing", "infrequent_sklearn": "KIND is other"}
        expected[label.get(category, f"KIND={category}")] = column.reshape(-1, 1)

    for name, smoothing in (("RATE", SMOOTHING), ("RAW_RATE", 0.0)):
        encoder = TargetEncoder(smooth=smoothing, target_type="binary").fit(texts(train[name]), target)
        rates = {str(c): r for c, r in zip(encoder.categories_[0], encoder.encodings_[0])}
        fitted[name] = {"prior": encoder.target_mean_, "missing": rates.pop("nan"), "rates": rates}
        expected[f"{name} default rate"] = encoder.transform(texts(other[name]))

    json.dump(
        {
            "train": train,
            "target": target.tolist(),
            "other": other,
            "fitted": fitted,
            "expected": {k: [None if np.isnan(x) else x for x in v[:, 0].tolist()] for k, v in expected.items()},
        },
        __import__("sys").stdout,
        default=float,
    )


if __name__ == "__main__":
    main()
