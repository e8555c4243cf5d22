#!/usr/bin/env python3
"""Makes cues.txt: which words in and around a name speak for which kind of name.

    train_cues.py ANNOTATED [--silver LABELLED.jsonl.gz] [--without IDS] [--hold IDS] > cues.txt

ANNOTATED is a folder of ID.txt + ID.json (mentions with byte offsets, `type` and `body_zone`). Needs numpy. A multinomial logistic
regression over the words of a name (w:, first f:, last l:), the words before (p:, two words q:) and behind it (n:, m:),
its shape (s:) and length (k:), the last letters of its last word (x:), the lists of the gazetteer it is in (g:); features seen three times or more; L2; full-batch gradient steps. A line of cues.txt is a
feature and its weights for PERSON, ORG, PLACE, PRODUCT, EVENT and LAW in hundredths. --without leaves releases out,
--hold prints the share of right kinds on these releases to standard error.
"""
import bisect, collections, gzip, json, os, re, sys
import numpy as np

KINDS = "PERSON ORG PLACE PRODUCT EVENT LAW".split()
FOLD = {"GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "WORK_OF_ART": "PRODUCT"}
TOKEN = re.compile(r"\n\s*|\d[\d.,]*|[^\W\d]\w*(?:['’](?!s\b)\w+)*|['’]s\b|[^\w\s]")


def tokens(text):
    return [(m.start(), m.end(), "\n" if m[0][0] == "\n" else "0" if m[0][0].isdigit() else m[0].lower().replace("’", "'")) for m in TOKEN.finditer(text)]


def shape(name):
    letters = [c for c in name if c.isalpha()]
    if any(c.isdigit() for c in name): return "digit"
    if len(letters) > 1 and all(c.isupper() for c in letters): return "upper"
    if any(c.isupper() for w in name.split() for c in w[1:]): return "camel"
    return "title" if name[:1].isupper() else "lower"


HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
listed = lambda *names: {l.strip() for n in names for l in open(f"{HERE}/{n}.txt", encoding="utf8")} - {""}
GIVEN, WEAK = listed("given"), listed("given-weak")
PLACES = {n.lower() for n in listed("countries", "states", "cities", "regions")}


def lists(name, words):
    first = name.split()[0].strip(".,") if name.split() else ""
    first = first.title() if first.isupper() and len(first) > 2 else first
    if first in GIVEN: yield "g:given%d" % min(len(words), 4)
    elif first in WEAK: yield "g:weak%d" % min(len(words), 4)
    if name.lower() in PLACES: yield "g:place"


def features(name, words, before, after):
    b1, b2 = before[-1] if before else "\n", before[-2] if len(before) > 1 else "\n"
    a1, a2 = after[0] if after else "\n", after[1] if len(after) > 1 else "\n"
    out = ["w:" + w for w in words] + ["f:" + words[0], "l:" + words[-1]]
    return out + ["p:" + b1, "q:" + b2 + " " + b1, "n:" + a1, "m:" + a1 + " " + a2, "s:" + shape(name), "k:%d" % min(len(words), 4), "x:" + words[-1][-3:], *lists(name, words)]


def annotated(folder, name):
    a = json.load(open(f"{folder}/{name}.json", encoding="utf8"))
    text = open(f"{folder}/{name}.txt", encoding="utf8", newline="").read()
    return mentions(text, [(m["start"], m["end"], m["type"]) for m in a["mentions"]])


def silver(path):
    """Releases labelled by a network, mentions with a mean probability of 0.9 and more."""
    for line in gzip.open(path, "rt", encoding="utf8"):
        d = json.loads(line)
        yield from mentions(d["text"], [(m["start"], m["end"], m["type"]) for m in d["mentions"] if m["p"] >= 0.9])


def mentions(text, spans):
    at, total = {0: 0}, 0
    for i, c in enumerate(text):
        total += len(c.encode())
        at[total] = i + 1
    toks = tokens(text)
    starts = [t[0] for t in toks]
    for s, e, kind in spans:
        kind = FOLD.get(kind, kind)
        s, e = at[s], at[e]
        i, j = bisect.bisect_left(starts, s), bisect.bisect_left(starts, e)
        words = [t[2] for t in toks[i:j]]
        if kind in KINDS and words:
            yield features(text[s:e], words, [t[2] for t in toks[max(0, i - 2):i]], [t[2] for t in toks[j:j + 2]]), KINDS.index(kind)


def fit(rows, labels, weight, count, steps=400, rate=4.0, decay=2e-5):
    """Full-batch gradient descent with momentum on sparse binary features."""
    flat = np.concatenate([np.array(r, int) for r in rows])
    of = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    want = np.eye(len(KINDS))[labels]
    w = np.zeros((count, len(KINDS))); speed = np.zeros_like(w)
    scale = 1 / np.sqrt(1 + np.bincount(flat, minlength=count))[:, None]
    for _ in range(steps):
        z = np.zeros((len(rows), len(KINDS)))
        np.add.at(z, of, w[flat])
        z -= z.max(1, keepdims=True)
        p = np.exp(z); p /= p.sum(1, keepdims=True)
        g = np.zeros_like(w)
        np.add.at(g, flat, ((p - want) * weight[:, None])[of])
        speed = 0.9 * speed - rate * (g * scale / 40 + decay * weight.sum() * w / 40)
        w += speed * 0.1
    return w


def main():
    args = sys.argv[1:]
    take = lambda flag: set(open(args[args.index(flag) + 1]).read().split()) if flag in args else set()
    without, hold = take("--without"), take("--hold")
    folder = args[0]
    names = sorted(f[:-5] for f in os.listdir(folder) if f.endswith(".json"))
    data = [m for n in names if n not in without | hold for m in annotated(folder, n)]
    data = [(fs, k, 1.0) for fs, k in data]
    if "--silver" in args:
        data += [(fs, k, 0.5) for fs, k in silver(args[args.index("--silver") + 1])]
    seen = collections.Counter(f for fs, _, _ in data for f in set(fs))
    index = {f: i for i, f in enumerate(sorted(f for f, c in seen.items() if c >= 3 and not any(x.isspace() and x not in " \n" for x in f)))}
    rows = [[index[f] for f in fs if f in index] for fs, _, _ in data]
    w = fit(rows, [k for _, k, _ in data], np.array([x for _, _, x in data]), len(index))
    if hold:
        right = total = 0
        table = collections.Counter()
        for n in names:
            if n in hold:
                for fs, k in annotated(folder, n):
                    z = w[[index[f] for f in fs if f in index]].sum(0)
                    right += int(z.argmax()) == k; total += 1; table[KINDS[k], KINDS[int(z.argmax())]] += 1
        print(f"{right}/{total} right = {right / total:.3f}", table.most_common(14), file=sys.stderr)
    for f, i in index.items():
        row = np.rint(w[i] * 100).astype(int)
        if np.abs(row).max() >= 12:
            print(f.replace("\n", "\\n") + "\t" + " ".join(map(str, row)))


main()
