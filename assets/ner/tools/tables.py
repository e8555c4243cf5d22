#!/usr/bin/env python3
"""Writes ../tables.txt, the character classes and small word lists of spaCy's English tokenizer and features.

    tables.py SPEC_DIR > ../tables.txt

SPEC_DIR holds sets.json (character sets of the tokenizer's rules), pychars.json (Python's isalpha, isdigit, isupper,
isspace) and tables.json (spaCy's reserved symbols and base norms), all read off spaCy 3.8.18 (MIT, ExplosionAI GmbH)
and Python 3.11.
"""
import json, sys, unicodedata

folder = sys.argv[1]
sets = json.load(open(f"{folder}/sets.json"))
chars = json.load(open(f"{folder}/pychars.json"))
tables = json.load(open(f"{folder}/tables.json"))


def ranges(name, rs):
    print("set", name, *(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in rs))


print("# Character classes, units, reserved symbols and base norms of spaCy 3.8 (English), copyright ExplosionAI GmbH, MIT")
print("# licence (see LICENSE-spacy). Written by tools/tables.py. set NAME hexadecimal code points and ranges; list NAME")
print("# words; symbol WORD id; norm WORD norm.")
for key, name in [("alpha", "isalpha"), ("digit", "isdigit"), ("upper", "isupper"), ("space", "isspace")]:
    ranges(name, chars[key])
ranges("prefix", sets["PRE_SINGLE"])
ranges("suffix", sets["SUF_SINGLE"])
ranges("before-dot", sets["SUF_DOT_BEFORE"])
ranges("icons", sets["ICONS"])
ranges("letter", sets["INF5"]["behind"])
ranges("upper", sets["ALPHA_UPPER"])
ranges("dot-behind", sets["INF4"]["behind"])
ranges("dot-ahead", sets["INF4"]["ahead"])
ranges("top-level", sets["TLD"])


def category(name, wanted):
    points = [i for i in range(0x110000) if wanted(unicodedata.category(chr(i)))]
    runs = []
    for i in points:
        if runs and runs[-1][1] == i - 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    ranges(name, runs)


# General categories for WordPiece.
category("punctuation", lambda c: c[0] == "P")
category("mark", lambda c: c == "Mn")
category("control", lambda c: c in ("Cc", "Cf", "Co"))
print("list units", *dict.fromkeys(sets["UNITS"] + sets["SUF_CURRENCY"]))
for word, number in sorted(tables["symbols"].items(), key=lambda kv: kv[1]):
    print("symbol", word, number)
for word, norm in sorted(tables["base_norms"].items()):
    print("norm", word, norm)
