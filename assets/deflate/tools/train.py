#!/usr/bin/env python3
"""Makes the code tables that src/store/deflate.rs packs with.

usage: train.py LIBRARY > json.txt     of the JSON blobs of a library
       train.py --text FILE... > text.txt   of texts and markup

Cuts every piece into literals and matches as the packer does (greedy, one candidate, four bytes at least), counts
them, and gives every symbol of RFC 1951 a code length by package-merge, none zero, so that whatever comes can be
written. Each table is three lines of code lengths: literals and lengths, distances, and the code lengths' own.
"""
import sqlite3
import sys
import zlib

BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]


def pieces(arguments):
    if arguments[0] == "--text":
        for name in arguments[1:]:
            with open(name, "rb") as file:
                yield file.read(1 << 16)
        return
    library = sqlite3.connect(arguments[0])
    for column in ("parts FROM bodies", "recognition FROM readings", "incoming FROM originals"):
        for (blob,) in library.execute(f"SELECT {column}"):
            yield zlib.decompress(blob, -15)


def distance_code(distance):
    d = distance - 1
    if d < 4:
        return d
    top = d.bit_length() - 1
    return 2 * top + (d >> (top - 1) & 1)


def count(piece, literals, distances):
    heads, at = {}, 0
    while at < len(piece):
        key = piece[at : at + 4]
        start = heads.get(key) if len(key) == 4 else None
        heads[key] = at
        length = 0
        if start is not None and at - start < 1 << 15:
            while length < 258 and at + length < len(piece) and piece[start + length] == piece[at + length]:
                length += 1
        if length < 4:
            literals[piece[at]] += 1
            at += 1
            continue
        literals[257 + max(code for code, base in enumerate(BASE) if base <= length)] += 1
        distances[distance_code(at - start)] += 1
        for place in range(at + 1, at + length):
            heads[piece[place : place + 4]] = place
        at += length
    literals[256] += 1


def lengths(counts, limit):
    """Package-merge: the best code lengths of at most `limit` bits."""
    used = [symbol for symbol, n in enumerate(counts) if n > 0]
    items = sorted((counts[symbol], (symbol,)) for symbol in used)
    packages = []
    for _ in range(limit):
        pairs = zip(packages[::2], packages[1::2])
        packages = sorted(items + [(a[0] + b[0], a[1] + b[1]) for a, b in pairs], key=lambda package: package[0])
    found = [0] * len(counts)
    for _, symbols in packages[: 2 * len(used) - 2]:
        for symbol in symbols:
            found[symbol] += 1
    return found


def runs(all_lengths):
    """The symbols of the header: 16 repeats the last length three to six times."""
    at = 0
    while at < len(all_lengths):
        yield all_lengths[at]
        at += 1
        same = 0
        while at + same < len(all_lengths) and all_lengths[at + same] == all_lengths[at - 1] and same < 6:
            same += 1
        if same >= 3:
            yield 16
            at += same


def main():
    literals, distances = [0] * 286, [0] * 30
    for piece in pieces(sys.argv[1:]):
        count(piece, literals, distances)
    first = lengths([n + 1 for n in literals], 15)
    second = lengths([n + 1 for n in distances], 15)
    sizes = [0] * 19
    for symbol in runs(first + second):
        sizes[symbol] += 1
    for line in (first, second, lengths(sizes, 7)):
        print(*line)


main()
