#!/usr/bin/env python3
"""Learns what the signs of a heading that lost its line break are worth, and prints src/release/repair/opening/weights.rs.

    train.py [--held] ROWS... > weights.rs
    train.py --middle ROWS... > middle.rs

Each of ROWS is what `DATELINE_ROWS="x.txt y.txt …" cargo test --test all heading_rows -- --ignored --nocapture` prints
(its lines with tabs): a line a place: the text's path, where its line opens, the heading before the place, the
number of its weights (0 where a blank parts it from its sentence, 1 where they touch; 2 and 3 in the middle of a line), the
signs. Beside each path lies what is right: `x.json` for `x.txt`, an annotation (its
`subheadings`), or a list of headings with their `text`, as flatten.py writes it. The places of a line compete in a softmax with a row of nothing,
for most lines open with no heading; those with a blank and those that touch have weights of their own. Adam, 500 steps
over all rows, L2 3e-4; a line of an annotated release counts five times. The lists tell only what was put together on
purpose: a first round of 150 steps finds lines where another heading had lost its break before, and these are left out.
With --held the halves are left out in turn, and what they say of each other is printed instead.

With --middle the places in the middle of lines alone are read, and every line counts as much as every other. There are few
such headings to learn from, so the weights are drawn to those of weights.rs (L2 1e-3), not to nothing.

Weights in use: learnt from 448 annotated releases and from what flatten.py makes of the Newsworthy.ai press release
archive (CC0), those left out that are annotated or printed elsewhere in the checks. In the middle of lines: learnt from those 448
as they are, and from what flatten.py --middle makes of them, of what is printed beside them, and of the 10,315 texts of that
archive and two of public offices (prosecutors, senators) that are in neither.
"""
import json, os, re, sys
import numpy as np


def norm(value):
    return re.sub(r"[\W_]+", " ", value.lower()).strip()


def read(paths, middle=False):
    lines, gold, annotated = {}, {}, {}
    for path in paths:
        for line in open(path, encoding="utf8"):
            if line.count("\t") != 4:
                continue
            text, start, heading, touches, row = line.rstrip("\n").split("\t")
            if (int(touches) > 1) != middle:
                continue
            row = np.array([float(x) for x in row.split()], dtype=np.float32)
            lines.setdefault((text, int(start)), []).append((norm(heading), int(touches) % 2, row))
    for (text, _), rows in lines.items():
        if text not in gold:
            data = json.load(open(os.path.splitext(text)[0] + ".json", encoding="utf8"))
            annotated[text] = isinstance(data, dict)
            gold[text] = {norm(x["text"]) for x in (data["subheadings"] if annotated[text] else data)} - {""}
        right = np.array([heading in gold[text] for heading, _, _ in rows])
        whole = max((heading for heading, _, _ in rows), key=len)
        if not right.any() and any(whole.startswith(x + " ") or x.startswith(whole + " ") for x in gold[text]):
            # A heading that ends where no place was offered.
            continue
        X = np.zeros((len(rows) + 1, 2 * len(rows[0][2])), dtype=np.float32)
        for number, (_, touches, row) in enumerate(rows):
            X[number, touches * len(row) : (touches + 1) * len(row)] = row
        yield text, X, np.append(right, not right.any()), 5.0 if annotated[text] and not middle else 1.0


def train(lines, l2=3e-4, steps=500, rate=0.1, toward=0.0):
    X = np.concatenate([x for _, x, _, _ in lines])
    y = np.concatenate([y for _, _, y, _ in lines]).astype(np.float32)
    of = np.concatenate([[k] * len(y) for k, (_, _, y, _) in enumerate(lines)])
    starts = np.flatnonzero(np.r_[True, of[1:] != of[:-1]])
    share = np.array([weight for _, _, _, weight in lines], dtype=np.float32)
    share = (share / share.sum())[of]
    m = v = np.zeros(X.shape[1], dtype=np.float32)
    W = m + toward
    for t in range(1, steps + 1):
        score = X @ W
        e = np.exp(score - np.maximum.reduceat(score, starts)[of])
        p = e / np.add.reduceat(e, starts)[of]
        q = e * y / np.add.reduceat(e * y, starts)[of]
        g = X.T @ ((p - q) * share) + l2 * (W - toward)
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        step = rate if t < 350 else 0.3 * rate
        W = W - step * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.99**t)) + 1e-8)
    return W


def sound(lines, least=1.0):
    """The lines without those of lists in which a heading seems to have lost its break before."""
    W = train(lines, steps=150)
    return [line for line in lines if line[3] > 1 or not line[2][-1] or (line[1][:-1] @ W).max() < least]


def held(lines):
    texts = sorted({re.sub(r"(-sent)?-(blank|touch)$", "", os.path.splitext(text)[0]) for text, *_ in lines})
    half = {text: number % 2 for number, text in enumerate(texts)}
    of = [half[re.sub(r"(-sent)?-(blank|touch)$", "", os.path.splitext(text)[0])] for text, *_ in lines]
    for least in (-1.5, -0.5, 0.0, 0.5, 1.0, 2.0):
        counts = {}
        for out in (0, 1):
            if least == -1.5:
                WEIGHTS[out] = train([line for line, side in zip(lines, of) if side != out])
            for (text, X, y, weight), side in zip(lines, of):
                if side != out:
                    continue
                score = X[:-1] @ WEIGHTS[out]
                best = int(np.argmax(score))
                kind = "annotated" if weight > 1 else re.search(r"(\w+)\.txt$", text).group(1)
                found, wrong, gold = counts.setdefault(kind, [0, 0, 0])
                taken = score[best] >= least
                counts[kind] = [found + bool(taken and y[best]), wrong + bool(taken and not y[best]), gold + int(not y[-1])]
        print(least, {kind: f"{f} found, {w} wrong of {g}" for kind, (f, w, g) in sorted(counts.items())}, file=sys.stderr)


WEIGHTS = {}


def weights():
    """The weights of headings that open lines, one after another."""
    own = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/release/repair/opening/weights.rs")
    return np.array(re.findall(r"^ {8}(-?[\d.]+),$", open(own, encoding="utf8").read(), re.M), dtype=np.float32)


def show(W, name, what):
    half = len(W) // 2
    print(f"//! What each sign of a heading{what} is worth. Made by `assets/opening/train.py`, which says from\n//! what; it refuses to be edited by hand.\n")
    print("use super::features::FEATURES;\n")
    print(f"/// The weights, in the order of the features: where a blank parts the two, and where they touch.\n#[rustfmt::skip]\npub(super) const {name}: [[f32; FEATURES]; 2] = [")
    for part in (W[:half], W[half:]):
        print("    [")
        for weight in part:
            print(f"        {weight:.3f},")
        print("    ],")
    print("];")


def main():
    paths = [path for path in sys.argv[1:] if path not in ("--held", "--middle")]
    if "--middle" in sys.argv:
        return show(train(list(read(paths, middle=True)), l2=1e-3, toward=weights()), "MIDDLE", " in the middle of a line")
    lines = sound(list(read(paths)))
    if "--held" in sys.argv:
        return held(lines)
    show(train(lines), "WEIGHTS", "")


if __name__ == "__main__":
    main()
