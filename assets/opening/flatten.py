#!/usr/bin/env python3
"""Makes what train.py learns from: releases whose headings stand on lines of their own, written out as a scraper that
loses line breaks leaves them, once with a blank behind each heading and once with nothing.

    flatten.py [--middle] ARCHIVE OUT [EXCEPT]

ARCHIVE is a folder of releases in Markdown, a folder a newsroom; EXCEPT a file whose words are the paths (from ARCHIVE)
that are left out, or their names without the ending. A heading is a paragraph of a line, of one to thirteen words, with a capital and without a stop, after
a paragraph that ends a sentence and before a longer one; contact lines and `About …` are none. A release counts where it
has two or more. Nine of twenty are written a second time with headings in small letters, as governments write them. Of
newsrooms that keep no headings, releases without a sign of glue are written as they are: nothing is a heading there.
Beside each text stands the list of what is to be found: ID.txt, ID.json.

With --middle ARCHIVE is one folder, and all paragraphs behind the first stand on one line, so that a heading follows a
sentence there; releases in plain text are read too, and where an annotation stands beside a release, it says what is a heading.
"""
import json, os, random, re, sys

LEXICON = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lexicon", "words.txt")
OTHER = re.compile(
    r"contact|media|press|@|www|http|\d{3}|source|release|disclaimer|forward|###|inquir|view original|follow|connect|"
    r"website|email|phone|image|photo|video|caption", re.I)
PLAIN = 900


def is_heading(before, line, behind):
    words = line.split()
    return (
        1 <= len(words) <= 13
        and len(line) <= 90
        and "\n" not in line
        and "\n" not in behind
        and not line.endswith((".", ";", "!", ",", ":"))
        and (line[0].isupper() or line[0].isdigit())
        and not OTHER.search(line)
        and not line.startswith(("*", "-", "•", "[", "!", "About "))
        and len(before) >= 100
        and before[-1] in ".!?”\""
        and len(behind) >= 120
        and bool(re.match(r"[“\"A-Z0-9]", behind))
    )


def small(heading, text, lexicon):
    """The heading as sentences are written: what the language has as a word only, or the text in small letters."""
    out, colon = [], True
    for word in heading.split(" "):
        bare = re.sub(r"\W", "", word)
        kind = lexicon.get(bare.lower())
        said = kind == "c" or kind == "b" and re.search(r"\b" + re.escape(bare.lower()) + r"\b", text)
        plain = said and bare[:1].isupper() and bare[1:].islower() and not colon
        out.append(word.replace(bare, bare.lower()) if plain else word)
        colon = word.endswith(":")
    return " ".join(out)


def write(out, name, paragraphs, headings, change=lambda heading: heading):
    for shape, joint in (("blank", " "), ("touch", "")):
        texts, found, number = [], [], 0
        while number < len(paragraphs):
            if number in headings and number + 1 not in headings:
                heading = change(paragraphs[number])
                found.append({"text": heading})
                texts.append(heading + joint + paragraphs[number + 1])
                number += 1
            else:
                texts.append(paragraphs[number])
            number += 1
        if len(found) < 2:
            return
        stem = os.path.join(out, f"{name}-{shape}")
        with open(stem + ".txt", "w", encoding="utf8") as file:
            file.write("\n\n".join(texts) + "\n")
        with open(stem + ".json", "w", encoding="utf8") as file:
            json.dump(found, file)


def annotated(path):
    """The headings of the annotation beside a release, or nothing where there is none."""
    beside = os.path.splitext(path)[0] + ".json"
    if not os.path.exists(beside):
        return None
    return {x["text"].strip() for x in json.load(open(beside, encoding="utf8"))["subheadings"]}


def write_middle(out, name, paragraphs, headings, change=lambda heading: heading):
    """A release on one line; of those without headings one text alone."""
    for shape, joint in (("blank", " "), ("touch", "")):
        text, found = paragraphs[0] + "\n\n", []
        for number, paragraph in enumerate(paragraphs[1:], 1):
            paragraph = re.sub(r"\s+", " ", paragraph)
            if number in headings and number + 1 not in headings:
                heading = change(paragraph)
                found.append({"text": heading})
                text += heading + joint
            else:
                text += paragraph + " "
        stem = os.path.join(out, f"{name}-{shape}")
        with open(stem + ".txt", "w", encoding="utf8") as file:
            file.write(text.rstrip() + "\n")
        with open(stem + ".json", "w", encoding="utf8") as file:
            json.dump(found, file)
        if not found:
            return


def middle(archive, out, left):
    rng = random.Random(7)
    lexicon = dict(line.rstrip("\n").rsplit(" ", 1) for line in open(LEXICON, encoding="utf8"))
    lexicon = {word: kind[0] for word, kind in lexicon.items()}
    plain = 0
    for name in sorted(os.listdir(archive)):
        stem, ending = os.path.splitext(name)
        if ending not in (".md", ".txt") or stem in left or name in left:
            continue
        text = open(os.path.join(archive, name), encoding="utf8", errors="replace").read()
        known = annotated(os.path.join(archive, name))
        paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
        headings = set()
        for n in range(1, len(paragraphs) - 1):
            before, line, behind = paragraphs[n - 1 : n + 2]
            if known is None:
                heading = n > 2 and is_heading(before, line, behind)
            else:
                heading = (
                    line in known
                    and bool(re.search(r"[.!?][”\")’]*$", before))
                    and bool(re.match(r"[“\"A-Z0-9]", behind))
                    and len(behind) >= 80
                    and not line.endswith((".", ":", "!"))
                )
            if heading:
                headings.add(n)
        if not headings:
            # No annotated heading on a line of its own proves nothing.
            if known or plain >= PLAIN or re.search(r"[a-z][A-Z][a-z]+ [a-z]", text) or " the " not in text:
                continue
            plain += 1
        write_middle(out, stem, paragraphs, headings)
        if headings and rng.random() < 0.45:
            write_middle(out, stem + "-sent", paragraphs, headings, lambda heading: small(heading, text, lexicon))


def main():
    args = [arg for arg in sys.argv[1:] if arg != "--middle"]
    archive, out = args[:2]
    left = set(open(args[2], encoding="utf8").read().split()) if len(args) > 2 else set()
    if len(args) < len(sys.argv) - 1:
        return middle(archive, out, left)
    rng = random.Random(7)
    lexicon = dict(line.rstrip("\n").rsplit(" ", 1) for line in open(LEXICON, encoding="utf8"))
    lexicon = {word: kind[0] for word, kind in lexicon.items()}
    paths = []
    for folder, _, names in os.walk(archive):
        paths += [os.path.join(folder, name) for name in names if name.endswith(".md")]
    rng.shuffle(paths)
    plain = 0
    for path in paths:
        own = os.path.relpath(path, archive)
        if own in left:
            continue
        text = open(path, encoding="utf8", errors="replace").read()
        paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
        inner = range(3, len(paragraphs) - 1)
        headings = {n for n in inner if is_heading(*paragraphs[n - 1 : n + 2])}
        name = re.sub(r"\W+", "-", own[:-3])[:120]
        if len(headings) >= 2:
            write(out, name, paragraphs, headings)
            if rng.random() < 0.45:
                write(out, name + "-sent", paragraphs, headings, lambda heading: small(heading, text, lexicon))
        elif plain < PLAIN and 900 < len(text) < 9000:
            short = sum(len(part) < 90 for part in paragraphs)
            if short <= 5 and not re.search(r"[a-z][A-Z][a-z]+ [a-z]", text) and " the " in text:
                with open(os.path.join(out, f"plain-{plain:04}-blank.txt"), "w", encoding="utf8") as file:
                    file.write(text)
                with open(os.path.join(out, f"plain-{plain:04}-blank.json"), "w", encoding="utf8") as file:
                    json.dump([], file)
                plain += 1


if __name__ == "__main__":
    main()
