"""Makes what both sides of the comparison serve: one model, and a hundred applications of 2.7 KB, ten of them declined.

    make.py FOLDER S|M

Model S has 100 trees of depth 4, model M 500 of depth 6, over 100 numbers and 5 categories (20 one-hot columns). The trees
are those that `creditstream train` registers; the Python service loads the very file.
"""
import json, pathlib, random, subprocess, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Outside"))
import serving

folder, size = pathlib.Path(sys.argv[1]), sys.argv[2]
rounds, depth = {"S": (100, 4), "M": (500, 6)}[size]
# The trainer scales the rounds of a fold by its share of the rows: two folds, a seventh of each kept to stop by.
searched = round(rounds * 3 / 7)
rng = random.Random(3)
numbers = [f"MEASUREMENT_{index:03}" for index in range(100)]
categories = [f"CATEGORY_{index}" for index in range(5)]


def application(row):
    values = {"ID": f"APPLICATION-{row:06}"}
    for index, name in enumerate(numbers):
        values[name] = None if rng.random() < 0.05 else round(rng.gauss(0, 1) * 10 ** (index % 4), 3)
    for name in categories:
        values[name] = rng.choice(["first", "second", "third", "fourth"])
    return values


def defaults(values):
    risk = sum((values[name] or 0) / 10 ** (index % 4) * (0.3 if index % 7 == 0 else 0.02)
               for index, name in enumerate(numbers)) + (0.8 if values[categories[0]] == "first" else 0)
    return int(rng.random() < 1 / (1 + 2.718 ** (2.2 - risk)))


rows = [application(row) for row in range(6000)]
header = ["ID", *numbers, *categories, "BAD"]
lines = [",".join(header)]
for values in rows:
    lines.append(",".join("" if values.get(name) is None else str(values[name]) for name in header[:-1])
                 + f",{defaults(values)}")
(folder / "train.csv").write_text("\n".join(lines) + "\n")
fields = "".join(f"  {name}: {{kind: number, label: {{en: {name.lower()}}}}}\n" for name in numbers)
fields += "".join(f"  {name}: {{kind: category, label: {{en: {name.lower()}}}}}\n" for name in categories)
for mode in ("non_approve", "all"):
    (folder / f"{mode}.yaml").write_text(f"""pipeline: comparison-{mode.replace("_", "-")}
version: 1
id: ID
target: {{field: BAD}}
fields:
{fields}training: {{folds: 2, repeats: 1, maximum_rounds: {searched}, early_stopping_rounds: {rounds}, max_depth: {depth},
  learning_rate: {2 / rounds}, min_child_weight: 0.1}}
policy:
  costs: {{missed_default: 4, refused_good: 1}}
  refer_band: [1.0, 1.0]
  reasons_mode: {mode}
""")
    subprocess.run([serving.program(), "train", "--pipeline", folder / f"{mode}.yaml", "--data", folder / "train.csv",
                    "--registry", folder / "models"], check=True)
bundle = folder / "models/comparison-non-approve/1"
model = json.loads((bundle / "model.json").read_text())["learner"]
names = model["feature_names"]
(folder / "model.json").write_text((bundle / "model.json").read_text())
policy = json.loads((bundle / "policy.json").read_text())

# A hundred applications, ten of them declined, as the program itself decides them.
new = [application(row) for row in range(6000, 10_000)]
chosen = {"approve": [], "decline": []}
with serving.server(str(folder / "models"), "--model", "comparison-non-approve", "--log-level", "error") as (url, _):
    import urllib.request
    for start in range(0, len(new), 500):
        body = json.dumps({"applications": new[start:start + 500]}).encode()
        request = urllib.request.Request(url + "/v1/decisions/batch", body, {"Content-Type": "application/json"})
        results = json.load(urllib.request.urlopen(request))["results"]
        for values, result in zip(new[start:start + 500], results):
            chosen.setdefault(result["decision"]["outcome"], []).append((values, result["decision"]))
bodies = [chosen["decline"][row // 10] if row % 10 == 0 else chosen["approve"][row] for row in range(100)]
threshold = max(d["probability_of_default"] for _, d in bodies if d["outcome"] == "approve")
with open(folder / "bodies.jsonl", "w") as file:
    for values, _ in bodies:
        file.write(json.dumps(values, separators=(",", ":")) + "\n")
margins = [d["margin"] for _, d in bodies]
approved = max(d["margin"] for _, d in bodies if d["outcome"] == "approve")
import math
json.dump({"columns": names, "numbers": numbers, "categories": categories,
           "threshold": 1 / (1 + math.exp(-approved)) + 1e-9, "margins": margins}, open(folder / "layout.json", "w"))
sizes = [len(json.dumps(values, separators=(",", ":"))) for values, _ in bodies]
trees = model["gradient_booster"]["model"]["gbtree_model_param"]["num_trees"]
print(f"model {size}: {trees} trees; applications of {sum(sizes) / 100:.0f} bytes; "
      f"{sum(d['outcome'] == 'decline' for _, d in bodies)} of 100 declined")
