#!/usr/bin/env python3
"""Learns what the signs of an issuer are worth, and prints src/release/anatomy/issuer/weights.rs.

    train.py ROWS... > weights.rs

Each of ROWS is what `DATELINE_ROWS="x.txt y.txt …" cargo test --test all issuer_rows -- --ignored --nocapture` prints
(its lines with tabs): a line a candidate: the release's path, the name, the features. Beside each path lies an annotation (`x.json` for `x.txt`) whose `source_org` is who puts
the release out. The names of a release compete in a softmax; all that are right share the label. Adam, 600 steps over
all rows, L2 6e-3. Releases where no candidate is right teach nothing.

The first weights were learnt from 890 releases annotated by hand (448 of a first draw, the others of two later ones).
Those in use were drawn from them on the 448 that are left: L2 0.1 towards the first weights, and 0.01 towards nothing
for the signs that came later (described at the end, letters of a site found, officers to place in the lede). Five parts
left out in turn give 370 of 448 right, the first weights alone 366, before the new names and signs 359.
Of the first weights: parts left out in turn give 697 right, those of two parts that taught nothing 62 of 77 and of a third draw 144 of 191 (whose
total was looked at while this was chosen). Trees (xgboost) over the same features give 690, 63 and 142, trees on top of
these weights 698, 63 and 145, networks of 16 to 24 units 698, 60 and 142: not worth their time.
"""
import json, os, re, sys
import numpy as np

LABELS = [
    "officer's or senator's title", "office named", "site", "disclosure", "source line", "letterhead",
    "boilerplate chosen", "name between strokes", "owner of the contact's address", "spoken for", "office in the lede",
    "office in the headline", "office at the text's head", "surname of an office", "hashtag", "body that opens the lede",
    "announcer", "metadata", "contact", "subject of the lede", "named often, a body", "name of the headline",
    "first boilerplate", "later boilerplate", "officer's house", "host", "copyright", "run of the lede",
    "run of the headline", "longer form", "piece", "line of the contact block", "named often", "publisher", "described at the end", "letters of a site, found",
    "uses", "in the headline", "opens the headline", "in the lede", "opens the lede", "person", "speaks", "body",
    "place", "one word", "two words", "four words", "five and more", "legal form", "owns an address", "votes",
    "votes for its pieces", "votes for longer forms", "joined", "with figures", "a word of the language",
    "where first", "in the boilerplate", "in the contact block", "before possessives", "before verbs",
    "behind an article", "shouted", "not in the text", "once in the text", "opens sentences", "constant",
    "where last", "described", "listed", "shortened", "titled", "going on", "gone before", "alone on a line",
    "opens a line", "behind at or by", "we", "in the tail", "share in the tail", "owns a site", "letters of an address",
    "letters of a site", "given name", "words of the language", "shouted word", "order", "boilerplate, given name",
    "boilerplate, speaks", "given name, speaks", "given name in the tail", "share of the most uses",
    "share of the most votes", "longer form's uses", "has longer form", "share of shorter form's uses",
    "has shorter form", "office", "offices", "most used", "in a boilerplate", "institution", "boilerplate and headline",
    "boilerplate and lede", "begins first boilerplate", "no boilerplate", "several boilerplates", "no contact block",
    "sure witness spoke", "no head", "officers", "beside", "before its initials",
    "initials of another", "runs into a verb", "place in the lede", "first to be named",
]


def norm(value):
    """As score.py folds names; the annotators' forms of a senator's office are one."""
    value = re.sub(r"[\W_]+", " ", (value or "").lower()).strip()
    value = re.sub(r"^(offices? of )?(u s |the )*(senators? )", "senator ", value)
    return re.sub(r" (inc|llc|ltd|corp|corporation|co|plc|company)$", "", value)


def read(paths):
    releases = {}
    for path in paths:
        for line in open(path, encoding="utf8"):
            if line.count("\t") != 2:
                continue
            release, name, row = line.rstrip("\n").split("\t")
            releases.setdefault(release, []).append((norm(name), [float(x) for x in row.split()]))
    for release, rows in releases.items():
        gold = norm(json.load(open(os.path.splitext(release)[0] + ".json", encoding="utf8")).get("source_org"))
        # Nobody stands beside the candidates: a row of nothing, right where the annotators name nobody.
        right = np.array([name == gold for name, _ in rows] + [not gold])
        if right.any():
            yield np.array([row for _, row in rows] + [[0.0] * len(rows[0][1])]), right


def train(releases, l2=6e-3, steps=600, rate=0.05, prior=None):
    X = np.concatenate([x for x, _ in releases])
    y = np.concatenate([y for _, y in releases])
    of = np.concatenate([[k] * len(y) for k, (_, y) in enumerate(releases)])
    starts = np.flatnonzero(np.r_[True, of[1:] != of[:-1]])
    # Few releases move weights that many gave: `prior` has those, `l2` may be one number a weight.
    prior = np.zeros(X.shape[1]) if prior is None else np.asarray(prior)
    W, m, v = prior.copy(), np.zeros(X.shape[1]), np.zeros(X.shape[1])
    for t in range(1, steps + 1):
        score = X @ W
        e = np.exp(score - np.maximum.reduceat(score, starts)[of])
        p = e / np.add.reduceat(e, starts)[of]
        q = e * y / np.add.reduceat(e * y, starts)[of]
        g = X.T @ (p - q) / len(releases) + l2 * (W - prior)
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        W = W - rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.99**t)) + 1e-8)
    return W


def main():
    W = train(list(read(sys.argv[1:])))
    labels = LABELS + [f"first: {label}" for label in LABELS[:22]]
    print("//! What each sign of an issuer is worth. Made by `assets/issuer/train.py`, which says from what; it refuses to be\n//! edited by hand.\n")
    print("use super::features::FEATURES;\n")
    print("/// The weights, in the order of the features.\n#[rustfmt::skip]\npub(super) const WEIGHTS: [f32; FEATURES] = [")
    for weight, label in zip(W, labels, strict=True):
        print(f"    {weight:.3f}, // {label}")
    print("];")


if __name__ == "__main__":
    main()
