#!/usr/bin/env python3
"""Learns what the signs of a heading that lost its line break are worth, and prints src/release/repair/opening/weights.rs.

    train.py ROWS... > weights.rs

Each of ROWS is what `DATELINE_ROWS="x.txt y.txt …" cargo test --test all heading_rows -- --ignored --nocapture` prints
(its lines with tabs): a line a place: the text's path, where its line opens, the heading before the place, the signs.
Beside each path lies what is right: `x.json` for `x.txt`, an annotation (its `subheadings`), or a list of headings with
their `text`. The places of a line compete in a softmax with a row of nothing, for most lines open with no heading. Adam,
500 steps over all rows, L2 3e-4; a line of an annotated release counts five times.

Weights in use: learnt from 448 annotated releases and from 539 pages of two sites of the United States' General
Services Administration (18f.gsa.gov, digital.gov; public domain), of which 267 had marked headings. These were written
out as releases with one blank behind each heading, three of five with their headings in capitals and small letters. The
halves left out in turn: of 1,143 headings of the pages 836 found and 87 cut wrongly; 2 in the 160,000 words of those
without headings; of 42 of the releases 25 found and 2 wrong.
"""
import json, os, re, sys
import numpy as np


def norm(value):
    return re.sub(r"[\W_]+", " ", value.lower()).strip()


def read(paths):
    lines, gold, annotated = {}, {}, {}
    for path in paths:
        for line in open(path, encoding="utf8"):
            if line.count("\t") != 3:
                continue
            text, start, heading, row = line.rstrip("\n").split("\t")
            lines.setdefault((text, int(start)), []).append((norm(heading), [float(x) for x in row.split()]))
    for (text, _), rows in lines.items():
        if text not in gold:
            data = json.load(open(os.path.splitext(text)[0] + ".json", encoding="utf8"))
            annotated[text] = isinstance(data, dict)
            gold[text] = {norm(x["text"]) for x in (data["subheadings"] if annotated[text] else data)} - {""}
        right = np.array([heading in gold[text] for heading, _ in rows])
        whole = rows[-1][0]
        if not right.any() and any(whole.startswith(x + " ") or x.startswith(whole + " ") for x in gold[text]):
            # A heading that ends where no place was offered.
            continue
        X = np.array([row for _, row in rows] + [[0.0] * len(rows[0][1])])
        yield X, np.append(right, not right.any()), 5.0 if annotated[text] else 1.0


def train(lines, l2=3e-4, steps=500, rate=0.1):
    X = np.concatenate([x for x, _, _ in lines])
    y = np.concatenate([y for _, y, _ in lines])
    of = np.concatenate([[k] * len(y) for k, (_, y, _) in enumerate(lines)])
    starts = np.flatnonzero(np.r_[True, of[1:] != of[:-1]])
    share = np.array([weight for _, _, weight in lines])
    share = (share / share.sum())[of]
    W = m = v = np.zeros(X.shape[1])
    for t in range(1, steps + 1):
        score = X @ W
        e = np.exp(score - np.maximum.reduceat(score, starts)[of])
        p = e / np.add.reduceat(e, starts)[of]
        q = e * y / np.add.reduceat(e * y, starts)[of]
        g = X.T @ ((p - q) * share) + l2 * W
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        step = rate if t < 350 else 0.3 * rate
        W = W - step * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.99**t)) + 1e-8)
    return W


def main():
    W = train(list(read(sys.argv[1:])))
    print("//! What each sign of a heading is worth. Made by `assets/opening/train.py`, which says from what; it refuses to be\n//! edited by hand.\n")
    print("use super::features::FEATURES;\n")
    print("/// The weights, in the order of the features.\n#[rustfmt::skip]\npub(super) const WEIGHTS: [f32; FEATURES] = [")
    for weight in W:
        print(f"    {weight:.3f},")
    print("];")


if __name__ == "__main__":
    main()
