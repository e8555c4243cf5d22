"""first_train.py OUT EPOCHS LR BATCH [MAX_SECONDS]: the first fine-tuning (JAX), whose weights train.py goes on from."""
import sys, time
import numpy as np, jax, jax.numpy as jnp, optax
import data, model

out, epochs, lr, batch = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
probe = int(sys.argv[5]) if len(sys.argv) > 5 else 0
docs = data.split("train")
rng = np.random.default_rng(1)


def epoch_rows():
    """windows with a random phase, so that no word is always at an edge"""
    rows = []
    for d in docs:
        n = len(d["ids"])
        starts = list(range(int(rng.integers(0, data.L - 2)) - (data.L - 2), n, data.L - 2))
        for s in starts:
            s, e = max(0, s), min(n, s + data.L - 2)
            if e > s and (d["y"][s:e] >= 0).sum() >= 3: rows.append((d, s, e))
    rng.shuffle(rows)
    return rows


def batches(rows):
    for i in range(0, len(rows) - batch + 1, batch):
        yield tuple(np.stack(z) for z in zip(*(data.pack(*r) for r in rows[i:i + batch])))


per = len(epoch_rows()) // batch
total = per * epochs
ramp = lambda peak: optax.warmup_cosine_decay_schedule(0, peak, max(1, total // 15), total, peak * .02)
label = lambda p: {"enc": jax.tree.map(lambda _: "enc", p["enc"]), "head": jax.tree.map(lambda _: "head", p["head"])}
opt = optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(
    {"enc": optax.adamw(ramp(lr), weight_decay=.01), "head": optax.adamw(ramp(1e-3), weight_decay=0.0)}, label))
params = model.init(); state = opt.init(params)


@jax.jit
def step(p, s, ids, f, y, key):
    l, g = jax.value_and_grad(model.loss)(p, ids, f, y, key)
    u, s = opt.update(g, s, p)
    return optax.apply_updates(p, u), s, l


key = jax.random.key(0, impl="rbg"); n = 0
print("steps per epoch", per, flush=True)
for ep in range(epochs):
    t, acc = time.time(), []
    for b in batches(epoch_rows()):
        key, k = jax.random.split(key)
        params, state, l = step(params, state, *b, k); acc.append(float(l)); n += 1
        if n % 20 == 0 or n in (1, 2, 3): print(f"{ep} {n}/{total} loss {np.mean(acc[-20:]):.4f} {(time.time() - t) / len(acc):.2f} s/step", flush=True)
        if probe and n >= probe: sys.exit()
    model.save(params, f"{out}.{ep}")
    print(f"epoch {ep} loss {np.mean(acc):.4f} {time.time() - t:.0f} s", flush=True)
