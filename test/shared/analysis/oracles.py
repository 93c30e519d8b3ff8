"""
Computes the figures of oracles.json anew with implementations that share nothing with shared/analysis:

    python3 -m venv /tmp/oracles
    /tmp/oracles/bin/pip install krippendorff==0.9.0 numpy==2.4.6 pandas==3.1.1 pingouin==0.7.0 scipy==1.17.1 statsmodels==0.15.0
    /tmp/oracles/bin/python oracles.py

It reads the tables in oracles.json (rows are applications, columns raters, null is no score), writes what it finds beside them, and leaves sources
and published figures alone. Severities and adjusted scores come from generalised least squares over all ratings at once, with the
applications fixed and the raters random. `npx biome format --write` puts the file into the form it has here.
"""

import json
from importlib.metadata import version
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pingouin
import statsmodels.api as sm
from scipy.stats import f as fisher
from scipy.stats import t as student

FILE = Path(__file__).with_suffix(".json")
PACKAGES = ["krippendorff", "numpy", "pandas", "pingouin", "scipy", "statsmodels"]


def severities(table):
    rows, raters = np.nonzero(~np.isnan(table))
    y = table[rows, raters]
    x = np.eye(table.shape[0])[rows]
    z = np.eye(table.shape[1])[raters]
    components = fitted_constants(y, x, z)
    residual, rater = components["residual"], components["rater"]
    covariance = residual * np.eye(len(y)) + rater * z @ z.T
    scores = sm.GLS(y, x, sigma=covariance).fit().params
    inverse = np.linalg.inv(covariance)
    cut = inverse - inverse @ x @ np.linalg.inv(x.T @ inverse @ x) @ x.T @ inverse
    missed = np.diag(rater * np.eye(z.shape[1]) - rater**2 * z.T @ cut @ z)
    given = x.sum(axis=0)
    return {
        "variances": components,
        "severity": (rater * z.T @ inverse @ (y - x @ scores)).tolist(),
        "severitySe": np.sqrt(missed).tolist(),
        "adjusted": scores.tolist(),
        "se": np.sqrt(residual / given + x.T @ z @ missed / given**2).tolist(),
    }


def fitted_constants(y, x, z):
    """Henderson's method 3: reductions in sums of squares, set equal to what the model expects of them."""
    within = sm.OLS(y, x).fit()
    between = sm.OLS(y, z).fit()
    both = sm.OLS(y, np.hstack([x, z])).fit()
    residual = both.ssr / both.df_resid
    rater = (within.ssr - both.ssr - residual * (within.df_resid - both.df_resid)) / np.trace(z.T @ beyond(x) @ z)
    application = (between.ssr - both.ssr - residual * (between.df_resid - both.df_resid)) / np.trace(x.T @ beyond(z) @ x)
    return {"application": float(application), "rater": float(rater), "residual": float(residual)}


def beyond(design):
    return np.eye(len(design)) - design @ np.linalg.pinv(design)


def icc(table):
    """Of the applications that everybody scored."""
    table = table[~np.isnan(table).any(axis=1)]
    n, k = table.shape
    if n < 2:
        return None
    long = pd.DataFrame(table).reset_index().melt("index", var_name="rater", value_name="score")
    found = pingouin.intraclass_corr(long, targets="index", raters="rater", ratings="score").set_index("Type")["ICC"]
    low, high = interval(table, found["ICC(A,1)"])
    return {
        "single": float(found["ICC(A,1)"]),
        "mean": float(found["ICC(A,k)"]),
        "singleInterval": [low, high],
        "meanInterval": [k * low / (1 + (k - 1) * low), k * high / (1 + (k - 1) * high)],
    }


def interval(table, rho):
    """McGraw and Wong (1996), table 7, case 2A."""
    n, k = table.shape
    rows = k * table.mean(axis=1).var(ddof=1)
    columns = n * table.mean(axis=0).var(ddof=1)
    error = (table.var() * n * k - rows * (n - 1) - columns * (k - 1)) / ((n - 1) * (k - 1))
    a = k * rho / (n * (1 - rho))
    b = 1 + k * rho * (n - 1) / (n * (1 - rho))
    freedom = (a * columns + b * error) ** 2 / ((a * columns) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)))
    over, under = fisher.ppf(0.975, n - 1, freedom), fisher.ppf(0.975, freedom, n - 1)
    rest = k * columns + (k * n - k - n) * error
    low = n * (rows - over * error) / (over * rest + n * rows)
    high = n * (under * rows - error) / (rest + n * under * rows)
    return float(low), float(high)


def sparse_interval(table):
    """Delta method on ln(1 + k·theta/(beta + sigma)), with the variances of the quadratic forms taken from their whole matrices."""
    rows, raters = np.nonzero(~np.isnan(table))
    y, x, z = table[rows, raters], np.eye(table.shape[0])[rows], np.eye(table.shape[1])[raters]
    found = {name: max(0.0, value) for name, value in fitted_constants(y, x, z).items()}
    theta, beta, sigma = found["application"], found["rater"], found["residual"]
    v = theta * x @ x.T + beta * z @ z.T + sigma * np.eye(len(y))
    rest = beyond(np.hstack([x, z]))
    forms = [rest, beyond(x) - rest, beyond(z) - rest]
    ranks = [np.trace(form) for form in forms]
    noise = forms[0] / ranks[0]
    of_rater = (forms[1] - ranks[1] * noise) / np.trace(z.T @ beyond(x) @ z)
    of_application = (forms[2] - ranks[2] * noise) / np.trace(x.T @ beyond(z) @ x)
    def both(a, b):
        return 2 * np.trace(a @ v @ b @ v)
    error, ends = of_rater + noise, {}
    total = beta + sigma
    for name, k in {"single": 1, "mean": len(table) / np.sum(1 / x.sum(axis=0))}.items():
        whole = total + k * theta
        step = k / whole * of_application + (1 / whole - 1 / total) * error
        reach = student.ppf(0.975, 2 * total**2 / both(error, error)) * np.sqrt(both(step, step))
        ends[name] = [max(0.0, float(1 - np.exp(-np.log(whole / total) + side * reach))) for side in (1, -1)]
    return ends


def computed(one):
    table = np.array([[np.nan if cell is None else cell for cell in row] for row in one["rows"]], dtype=float)
    def alpha(distance):
        return float(krippendorff.alpha(reliability_data=table.T, level_of_measurement=distance))
    alphas = {"alphaOrdinal": alpha("ordinal"), "alphaIntervalDistance": alpha("interval")}
    return {**one, "computed": {**severities(table), "icc": icc(table), "sparseInterval": sparse_interval(table), **alphas}}


if __name__ == "__main__":
    oracles = json.loads(FILE.read_text())
    oracles["packages"] = {name: version(name) for name in PACKAGES}
    oracles["examples"] = {name: computed(one) for name, one in oracles["examples"].items()}
    FILE.write_text(json.dumps(oracles, ensure_ascii=False, indent=2) + "\n")
