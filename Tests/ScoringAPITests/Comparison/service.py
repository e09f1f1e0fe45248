"""The same endpoint as most would write it: FastAPI, orjson and XGBoost, one uvicorn worker.

It decides the applications of make.py's model: features from JSON, margin and probability, outcome, and for what is not
approved the four strongest contributions. compare.py starts it.
"""
import os

import numpy
import orjson
import xgboost
from fastapi import FastAPI, Request, Response

FOLDER = os.environ["COMPARISON"]
booster = xgboost.Booster(model_file=os.path.join(FOLDER, "model.json"))
booster.set_param({"nthread": 1})
layout = orjson.loads(open(os.path.join(FOLDER, "layout.json"), "rb").read())
NAMES, THRESHOLD = layout["columns"], layout["threshold"]
PLACES = {name: place for place, name in enumerate(NAMES)}
NUMBERS = [(name, PLACES[name]) for name in layout["numbers"] if name in PLACES]
CATEGORIES = [(name, {column.split("=", 1)[1]: place for column, place in PLACES.items() if column.startswith(name + "=")})
              for name in layout["categories"]]
WIDTH = len(NAMES)
MODE = os.environ.get("REASONS", "non_approve")
app = FastAPI()


@app.post("/v1/decisions")
async def decide(request: Request):
    application = orjson.loads(await request.body())
    row = numpy.zeros((1, WIDTH), dtype=numpy.float32)
    for name, place in NUMBERS:
        value = application.get(name)
        row[0, place] = numpy.nan if value is None else value
    for name, values in CATEGORIES:
        column = values.get(application.get(name))
        if column is not None:
            row[0, column] = 1
    margin = float(booster.inplace_predict(row, predict_type="margin", validate_features=False)[0])
    probability = 1 / (1 + numpy.exp(-margin))
    outcome = "decline" if probability >= THRESHOLD else "approve"
    reasons = []
    if MODE == "all" or (MODE == "non_approve" and outcome != "approve"):
        contributions = booster.predict(xgboost.DMatrix(row, feature_names=NAMES), pred_contribs=True)[0]
        for index in numpy.argsort(-contributions[:-1])[:4]:
            if contributions[index] > 0:
                reasons.append({"code": NAMES[index], "contribution": float(contributions[index])})
    body = {"decision": {"application_id": str(application["ID"]), "outcome": outcome,
                         "probability_of_default": float(probability), "margin": margin, "reasons": reasons}}
    return Response(orjson.dumps(body), media_type="application/json")
