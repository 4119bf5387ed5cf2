"""One loss and its gradient by the outputs, in PyTorch on the CPU: the peer of losses-against-pytorch.ts.

python losses-against-pytorch.py '[{"loss": "arcface", "batch": 128, "classes": 100, "dimensions": 64}]' 10 2
Arguments: the cases, timed runs each, threads. Prints one JSON list: median milliseconds of each case.
"""
import json, statistics, sys, time
import torch, torch.nn.functional as F

cases, runs, threads = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(0)


def margin_logits(cosines, labels, kind):
    if kind == 'cosine-softmax':
        return 16 * cosines
    one_hot = F.one_hot(labels, cosines.shape[1]).bool()
    if kind == 'cosface':
        return 64 * (cosines - 0.35 * one_hot)
    angle = torch.acos(cosines.clamp(-1 + 1e-7, 1 - 1e-7))
    return 64 * torch.where(one_hot, torch.cos(angle + 0.5), cosines)


def loss_of(kind, outputs, prototypes, labels):
    if kind == 'squared-cosine':
        return (1 - F.cosine_similarity(outputs, prototypes[labels], eps=1e-9)).pow(2).mean()
    cosines = F.normalize(outputs, dim=1) @ prototypes.t()
    return F.cross_entropy(margin_logits(cosines, labels, kind), labels)


def milliseconds(case):
    outputs = torch.randn(case['batch'], case['dimensions'], requires_grad=True)
    prototypes = F.normalize(torch.randn(case['classes'], case['dimensions']), dim=1)
    labels = torch.randint(case['classes'], (case['batch'],))
    times = []
    for run in range(runs + 3):
        outputs.grad = None
        start = time.perf_counter()
        loss_of(case['loss'], outputs, prototypes, labels).backward()
        if run >= 3:
            times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


print(json.dumps(dict(peer='PyTorch ' + torch.__version__, milliseconds=[milliseconds(case) for case in cases])))
