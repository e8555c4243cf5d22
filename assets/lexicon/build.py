#!/usr/bin/env python3
"""Makes words.txt, the lexicon that dateline repairs glued words with.

    build.py SCOWL_LIST [SCOWL_LIST ...] -- POOL.jsonl[.gz] [...]   > words.txt

SCOWL_LIST: word lists of SCOWL as Debian ships them (/usr/share/dict/american-english, british-english,
american-english-large). POOL: one JSON object a line with a "text" and an "id"; only releases in the public domain
or under CC0 are counted (PREFIXES). Words come from SCOWL and extra.txt alone; the pool gives
only how many releases use each. A line of words.txt is the word in lower case, then a letter for its case (c: a
common word, n: a name, b: both), then a digit: 0 no release uses it, 1 to 2, 2 to 9, 3 to 29, 4 to 99, 5 to 299,
6 to 999, 7 more.
"""
import collections, gzip, json, os, re, sys

# What a word must not be taken apart into: endings that are words of their own.
ENDINGS = ("the and for has was his her its she that this which who are from with will is in it he to of on at by "
           "as an or but be we they through during their these where under about after there were have into when "
           "also you our had not can").split()

# The archives whose releases may be counted: CC0, and works of the United States Senate.
PREFIXES = ("Newsworthyai/press-release-archive:", "lintool/GrimmerSenatePressReleases:")


def words_of(path):
    with open(path, encoding="utf8") as lines:
        return {w.strip() for w in lines if re.fullmatch(r"[A-Za-z]{2,24}", w.strip())}


def main():
    args = sys.argv[1:]
    at = args.index("--")
    lists, pools = args[:at], args[at + 1:]
    used = collections.Counter()
    for pool in pools:
        opener = gzip.open if pool.endswith(".gz") else open
        with opener(pool, "rt", encoding="utf8") as lines:
            for line in lines:
                release = json.loads(line)
                if not release["id"].startswith(PREFIXES):
                    continue
                seen = set(re.findall(r"(?<![\w/.@#&-])[A-Za-z][a-z]+(?![\w/@-])", release["text"]))
                used.update({w.lower() for w in seen})
    case = collections.defaultdict(set)
    core = set()
    for number, path in enumerate(lists):
        for word in words_of(path):
            if re.fullmatch(r"[A-Z]{2,}|[a-z]+[A-Z].*|[A-Z]+[a-z]+[A-Z].*", word):
                continue
            key = word.lower()
            case[key].add("n" if word[0].isupper() else "c")
            if "large" not in os.path.basename(path):
                core.add(key)
    here = os.path.dirname(os.path.abspath(__file__))
    for line in open(os.path.join(here, "extra.txt"), encoding="utf8"):
        word = line.split("#")[0].strip()
        if word:
            case[word.lower()].add("n" if word[0].isupper() else "c")
            core.add(word.lower())
            used[word.lower()] = max(used[word.lower()], 3)

    def trap(word):
        return any(word.endswith(e) and word[:-len(e)] in case for e in ENDINGS)

    for word in sorted(case):
        n = used[word]
        keep = (word in core and (n >= 2 or "n" in case[word] or trap(word))) or (n >= 2) or trap(word)
        if len(word) == 2 and n < 30 or not keep:
            continue
        band = sum(n >= edge for edge in (1, 3, 10, 30, 100, 300, 1000))
        kind = "b" if len(case[word]) == 2 else case[word].pop()
        print(f"{word} {kind}{band}")


main()
