/** Answers to the questions of the bank that carry tests: a right one, and for each usual mistake one that makes it and the tests that see it. */

interface Solutions {
  readonly right: string;
  readonly wrong: readonly {
    readonly mistake: string;
    readonly answer: string;
    readonly caughtBy: readonly string[];
  }[];
}

/** The right answer with one part of it exchanged. */
function mistaken(right: string, mistake: string, [part, by]: readonly [string, string], ...caughtBy: string[]) {
  if (!right.includes(part)) throw new Error(`There is no ${part}.`);
  return { mistake, answer: right.replace(part, () => by), caughtBy };
}

const SOFTMAX = `
from math import exp

def softmax(scores):
    largest = max(scores)
    powers = [exp(score - largest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
`;

const ATTEND = `
from math import exp, sqrt

def attend(queries, keys, values, mask):
    rows = []
    for query, allowed in zip(queries, mask):
        scale = sqrt(len(query))
        scores = [sum(a * b for a, b in zip(query, key)) / scale for key in keys]
        open_to = [j for j, may in enumerate(allowed) if may]
        if not open_to:
            rows.append([0.0] * len(values[0]))
            continue
        largest = max(scores[j] for j in open_to)
        powers = {j: exp(scores[j] - largest) for j in open_to}
        total = sum(powers.values())
        rows.append([sum(powers[j] / total * values[j][c] for j in open_to) for c in range(len(values[0]))])
    return rows
`;

const ADAM = `
from math import sqrt

def adam_step(weights, gradients, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    t = state["t"] = state.get("t", 0) + 1
    m = state.get("m", [0.0] * len(weights))
    v = state.get("v", [0.0] * len(weights))
    m = state["m"] = [beta1 * a + (1 - beta1) * g for a, g in zip(m, gradients)]
    v = state["v"] = [beta2 * a + (1 - beta2) * g * g for a, g in zip(v, gradients)]
    first = [a / (1 - beta1**t) for a in m]
    second = [a / (1 - beta2**t) for a in v]
    return [w - lr * a / (sqrt(b) + eps) for w, a, b in zip(weights, first, second)]
`;

const FIGURES = `
def share(part, whole):
    return part / whole if whole else None

def figures(table):
    classes = range(len(table))
    rows = [sum(table[i]) for i in classes]
    columns = [sum(row[j] for row in table) for j in classes]
    return {
        "accuracy": share(sum(table[i][i] for i in classes), sum(rows)),
        "recall": [share(table[i][i], rows[i]) for i in classes],
        "precision": [share(table[i][i], columns[i]) for i in classes],
    }
`;

const LOADER = `
import csv
import random

def load(path="recordings.csv", seed=0):
    with open(path) as file:
        rows = [(r["patient"], float(r["value"]), int(r["label"])) for r in csv.DictReader(file)]
    patients = sorted({row[0] for row in rows})
    random.Random(seed).shuffle(patients)
    held_out = set(patients[: len(patients) // 5])
    train = [row for row in rows if row[0] not in held_out]
    test = [row for row in rows if row[0] in held_out]
    mean = sum(value for _, value, _ in train) / len(train)
    centred = lambda part: [(patient, value - mean, label) for patient, value, label in part]
    return centred(train), centred(test)
`;

const SCALED = "divides the scores by the root of the width";
const COMPETE = "lets keys compete, and not queries";
const SHARED = "shares one unit of weight out for each query";
const NOWHERE = "gives zeros to a query that may look nowhere";
const MASKED_LARGEST = "is not disturbed by a masked key with the largest score";

const FIRST = "moves every weight by the learning rate in the first step";
const GOES_ON = "goes on from the step before";
const CORRECTED = "corrects both averages in every step";
const SQUARES = "averages the squares, and does not square the average";
const ZERO = "does not divide by zero where the gradient is zero";
const LEFT = "leaves weights and gradients as they were";
const APART = "keeps two runs apart";

const ACCURACY = "gives the accuracy of a small table";
const CLASSES = "gives recall and precision for each class";
const PLANT = "gives the shares of the sorting plant";
const NEVER_CALLED = "knows no precision of a class that was never called";
const NEVER_CAME = "knows no recall of a class that never came";
const NOTHING = "knows nothing of a table without items";
const AVERAGED = "does not average recalls into an accuracy";

const LOADED = "loads every recording once";
const FIFTH = "holds about a fifth of the recordings out";
const SIDES = "keeps each patient on one side";
const CENTRED = "centres by the training rows alone";
const SHIFTED = "shifts the test rows by the same number";
const CHANCE = "draws the patients by chance, the same ones for the same seed";

export const SOLUTIONS: Readonly<Record<string, Solutions>> = {
  "choosing-activations": {
    right: SOFTMAX,
    wrong: [
      mistaken(
        SOFTMAX,
        "caps the scores",
        ["score - largest", "min(score, 700)"],
        ...["tells large scores apart", "takes scores far below zero"],
      ),
      mistaken(
        SOFTMAX,
        "takes the largest size off",
        ["= max(scores)", "= max(abs(score) for score in scores)"],
        ...["takes scores far below zero", "gives a hopeless score nothing, and no error"],
      ),
      mistaken(
        SOFTMAX,
        "takes the mean off",
        ["= max(scores)", "= sum(scores) / len(scores)"],
        "gives a hopeless score nothing, and no error",
      ),
      mistaken(
        SOFTMAX,
        "changes the list it was given",
        ["    powers =", "    for i in range(len(scores)): scores[i] -= largest\n    largest = 0\n    powers ="],
        "leaves the scores as they were",
      ),
      mistaken(
        SOFTMAX,
        "divides by the largest probability",
        ["sum(powers)", "max(powers)"],
        "gives three probabilities that add up to one",
        ...["takes large scores", "tells large scores apart", "takes scores far below zero"],
      ),
      mistaken(
        SOFTMAX,
        "scales to the range of the scores",
        ["exp(score - largest)", "exp((score - largest) / (largest - min(scores)))"],
        "gives three probabilities that add up to one",
        ...["takes large scores", "gives a hopeless score nothing, and no error", "takes a single score"],
      ),
    ],
  },
  "self-attention-code-review": {
    right: ATTEND,
    wrong: [
      mistaken(ATTEND, "forgets the scale", [" / scale", ""], ...[SCALED]),
      mistaken(ATTEND, "divides by the number of keys", ["sqrt(len(query))", "len(keys)"], SCALED, COMPETE),
      mistaken(
        ATTEND,
        "looks for the largest score behind the mask too",
        ["max(scores[j] for j in open_to)", "max(scores)"],
        MASKED_LARGEST,
      ),
      mistaken(ATTEND, "takes the scores as they are", ["max(scores[j] for j in open_to)", "0"], "takes large scores"),
      mistaken(ATTEND, "overlooks a row without any key", ["if not open_to:", "if False:"], NOWHERE),
      mistaken(
        ATTEND,
        "spreads a row without any key over all of them",
        [
          "if not open_to:\n            rows.append([0.0] * len(values[0]))\n            continue",
          "open_to = open_to or range(len(keys))",
        ],
        NOWHERE,
      ),
      mistaken(
        ATTEND,
        "multiplies the weights by the mask afterwards",
        ["[j for j, may in enumerate(allowed) if may]", "range(len(keys))"],
        ...["looks only where the mask allows it", NOWHERE, MASKED_LARGEST],
      ),
      mistaken(
        ATTEND,
        "normalises nothing",
        [" / total", ""],
        ...["averages the values where all scores are equal", SHARED, SCALED, COMPETE, MASKED_LARGEST],
      ),
      mistaken(
        ATTEND,
        "takes a value to be as wide as a key",
        ["c in range(len(values[0]))", "c in range(len(keys[0]))"],
        ...["averages the values where all scores are equal", "looks only where the mask allows it"],
        ...["gives one row for each query, as wide as a value", SHARED, SCALED, NOWHERE],
      ),
    ],
  },
  "gradient-descent-variants": {
    right: ADAM,
    wrong: [
      mistaken(
        ADAM,
        "corrects neither average",
        ["[a / (1 - beta1**t) for a in m]", "m"],
        FIRST,
        GOES_ON,
        CORRECTED,
        SQUARES,
        APART,
      ),
      mistaken(
        ADAM,
        "leaves the second average as it is",
        ["[a / (1 - beta2**t) for a in v]", "v"],
        FIRST,
        GOES_ON,
        CORRECTED,
        SQUARES,
        APART,
      ),
      mistaken(ADAM, "corrects as in the first step", ["beta1**t", "beta1"], GOES_ON, CORRECTED, SQUARES),
      mistaken(ADAM, "starts anew in each step", ['state["m"] = ', ""], GOES_ON, CORRECTED, SQUARES),
      mistaken(
        ADAM,
        "squares the average",
        ["(1 - beta2) * g * g for a, g in zip(v, gradients)", "(1 - beta2) * g * g for a, g in zip(v, m)"],
        FIRST,
        GOES_ON,
        CORRECTED,
        SQUARES,
        APART,
      ),
      mistaken(ADAM, "divides by nothing but the root", [" + eps", ""], ZERO),
      mistaken(ADAM, "goes up", ["w - lr", "w + lr"], FIRST, GOES_ON, CORRECTED, SQUARES, APART),
      mistaken(
        ADAM,
        "changes the list of weights",
        ["    return [", "    weights[:] = ["],
        FIRST,
        GOES_ON,
        CORRECTED,
        SQUARES,
        ZERO,
        LEFT,
        APART,
      ),
      mistaken(
        ADAM,
        "keeps its state outside",
        ["    t = state", "    state = adam_step.__dict__\n    t = state"],
        APART,
      ),
    ],
  },
  "confusion-in-the-sorting-plant": {
    right: FIGURES,
    wrong: [
      mistaken(
        FIGURES,
        "takes rows for columns",
        ["table[i][i], rows[i]) for", "table[i][i], columns[i]) for"],
        CLASSES,
        PLANT,
        NEVER_CALLED,
        NEVER_CAME,
      ),
      mistaken(FIGURES, "divides by zero", [" if whole else None", ""], NEVER_CALLED, NEVER_CAME, NOTHING),
      mistaken(FIGURES, "says 0 where there is nothing", ["else None", "else 0"], NEVER_CALLED, NEVER_CAME, NOTHING),
      mistaken(
        FIGURES,
        "rounds down",
        ["part / whole", "part // whole"],
        ACCURACY,
        CLASSES,
        PLANT,
        NEVER_CALLED,
        NEVER_CAME,
        AVERAGED,
      ),
      mistaken(
        FIGURES,
        "averages the recalls",
        [
          "share(sum(table[i][i] for i in classes), sum(rows))",
          "sum(share(table[i][i], rows[i]) or 0 for i in classes) / len(table)",
        ],
        NOTHING,
        AVERAGED,
      ),
      mistaken(
        FIGURES,
        "skips the class that never came",
        ["share(table[i][i], rows[i]) for i in classes", "share(table[i][i], rows[i]) for i in classes if rows[i]"],
        NEVER_CAME,
        NOTHING,
      ),
    ],
  },
  "cross-validation-too-good": {
    right: LOADER,
    wrong: [
      mistaken(
        LOADER,
        "centres by all rows",
        ["for _, value, _ in train) / len(train)", "for _, value, _ in rows) / len(rows)"],
        CENTRED,
      ),
      mistaken(
        LOADER,
        "centres each part by itself",
        [
          "    centred = lambda part: [",
          "    def centred(part):\n        mean = sum(value for _, value, _ in part) / len(part)\n        return [",
        ],
        SHIFTED,
      ),
      mistaken(
        LOADER,
        "draws rows and not patients",
        ["row[0] not in held_out", "random.Random(str(row)).random() > 0.2"],
        LOADED,
        SIDES,
        SHIFTED,
      ),
      mistaken(LOADER, "does not shuffle", ["    random.Random(seed).shuffle(patients)\n", ""], CHANCE),
      mistaken(LOADER, "shuffles differently each time", ["random.Random(seed)", "random.Random()"], CHANCE),
      mistaken(LOADER, "holds half of them out", ["// 5", "// 2"], FIFTH),
      mistaken(LOADER, "lets the test rows be trained on", ["if row[0] not in held_out", ""], LOADED, SIDES, SHIFTED),
    ],
  },
};
