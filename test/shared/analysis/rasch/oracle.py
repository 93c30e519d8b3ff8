"""
Computes the figures of oracle.json anew with an implementation that shares nothing with shared/analysis/rasch: a conditional logit over one dense
design. A mark is a choice among the scores of the scale with ln P_k = k(θ − δ − β) − τ_1 − … − τ_k − const; scipy's exact trust region and MINPACK find the
summit of the likelihood from 0, the covariance is the inverse of the whole information, and raters, criteria and steps are coded so that
they sum to 0.

    /tmp/oracles/bin/python oracle.py    (as ../oracles.py)

Tables are those of ../oracles.json whose likelihood has a summit, and one that is drawn here with criteria. `npx biome format --write` puts the
file into the form it has here.
"""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy.optimize import minimize, root
from scipy.special import log_softmax, softmax

FILE = Path(__file__).with_suffix(".json")
PUBLISHED = json.loads((FILE.parent.parent / "oracles.json").read_text())["examples"]
NAMES = [
    "Shrout and Fleiss, six targets by four judges",
    "Davies and Goldsmith, 24 plates by six samples of penicillin",
    "Krippendorff, twelve units by four observers",
    "Hayes and Krippendorff, forty articles by five observers",
]


def published(rows):
    return [
        [f"A{item + 1:02}", f"R{rater + 1:02}", "", score]
        for item, row in enumerate(rows)
        for rater, score in enumerate(row)
        if score is not None
    ]


def drawn():
    """Fourteen applications, three of five raters each, three criteria, scores 0 to 4."""
    chance = np.random.default_rng(20261127)
    quality, severity = chance.normal(0, 1.2, 14), np.array([-0.9, -0.3, 0.1, 0.4, 0.7])
    difficulty, steps = np.array([-0.5, 0.1, 0.4]), np.array([-1.5, -0.5, 0.4, 1.6])
    marks = []
    for item in range(14):
        for rater in sorted(chance.choice(5, 3, replace=False)):
            for criterion in range(3):
                at = quality[item] - severity[rater] - difficulty[criterion]
                weights = np.exp(np.concatenate([[0], np.cumsum(at - steps)]))
                score = int(chance.choice(5, p=weights / weights.sum()))
                marks.append([f"A{item + 1:02}", f"R{rater + 1:02}", f"C{criterion + 1}", score])
    return marks


def estimable(marks):
    """Without applications that got only the lowest score or only the highest: theirs is no finite measure, and they say nothing of others."""
    given = [mark[3] for mark in marks]
    ends = ({min(given)}, {max(given)})
    got = {mark[0]: {other[3] for other in marks if other[0] == mark[0]} for mark in marks}
    left = [mark for mark in marks if got[mark[0]] not in ends]
    return left if len(left) == len(marks) else estimable(left)


def coded(values):
    """Ids, and a column for each but the last, which is less the others' sum."""
    ids = sorted(set(values))
    dummies = np.array([[value == each for each in ids] for value in values], dtype=float)
    return ids, dummies, np.vstack([np.eye(len(ids) - 1), -np.ones(len(ids) - 1)])


def computed(marks):
    applications, raters, criteria, given = zip(*marks)
    scale = sorted(set(given))
    top, count = len(scale) - 1, len(marks)
    k = np.arange(top + 1.0)
    chosen = np.searchsorted(scale, given)
    _, of_application, _ = coded(applications)
    facets = {"raters": coded(raters), "criteria": coded(criteria)}
    centre = np.vstack([np.eye(top - 1), -np.ones(top - 1)])
    reached = (k[:, None] > np.arange(top)) @ centre
    blocks = {"applications": of_application[:, None, :] * k[:, None]}
    blocks |= {name: -(dummies @ code)[:, None, :] * k[:, None] for name, (_, dummies, code) in facets.items()}
    blocks["steps"] = np.broadcast_to(-reached, (count, *reached.shape))
    design = np.concatenate(list(blocks.values()), axis=2)
    params = summit(design, chosen)
    likely = shares(design, params)
    covariance = np.linalg.inv(information(design, likely))
    codes = {"raters": facets["raters"][2], "criteria": facets["criteria"][2], "steps": centre}
    found, start = {}, 0
    for name, block in blocks.items():
        part = slice(start, start + block.shape[2])
        start += block.shape[2]
        if name in codes:
            variances = np.diag(codes[name] @ covariance[part, part] @ codes[name].T)
            found[name] = {"measure": (codes[name] @ params[part]).tolist(), "se": np.sqrt(variances).tolist()}
    expected = likely @ k
    variance = likely @ k**2 - expected**2
    squares = (chosen - expected) ** 2
    for name, (_, dummies, _) in facets.items():
        found[name]["infit"] = (dummies.T @ squares / (dummies.T @ variance)).tolist()
        found[name]["outfit"] = (dummies.T @ (squares / variance) / dummies.sum(axis=0)).tolist()
    return found


def shares(design, params):
    return softmax(design @ params, axis=1)


def information(design, likely):
    mean = np.einsum("mk,mkp->mp", likely, design)
    return np.einsum("mk,mkp,mkq->pq", likely, design, design, optimize=True) - mean.T @ mean


def summit(design, chosen):
    rows = np.arange(len(chosen))
    taken = design[rows, chosen].sum(axis=0)
    def slope(params):
        return np.einsum("mk,mkp->p", shares(design, params), design) - taken
    def curve(params):
        return information(design, shares(design, params))
    near = minimize(
        lambda params: -log_softmax(design @ params, axis=1)[rows, chosen].sum(),
        np.zeros(design.shape[2]),
        jac=slope,
        hess=curve,
        method="trust-exact",
        options={"gtol": 1e-5, "maxiter": 1000},
    )
    found = root(slope, near.x, jac=curve, tol=1e-14).x
    assert np.abs(slope(found)).max() < 1e-11
    return found


if __name__ == "__main__":
    tables = {name: published(PUBLISHED[name]["rows"]) for name in NAMES}
    examples = {name: {"computed": computed(estimable(marks))} for name, marks in tables.items()}
    own = drawn()
    examples["Drawn, with criteria"] = {"marks": own, "computed": computed(estimable(own))}
    packages = {name: version(name) for name in ["numpy", "scipy"]}
    FILE.write_text(json.dumps({"packages": packages, "examples": examples}, ensure_ascii=False, indent=2) + "\n")
