"""The training step of `bench step` in PyTorch on the CPU, in its faster memory layout (channels_last): the peer of
`bench step --against pytorch`.

python pytorch-step.py --depth 32 --batch 128 --steps 10 --threads 2
Prints one JSON document: the median step's milliseconds, images a second, peak memory, parameters. Needs PyTorch.
"""
import argparse
import json
import resource
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def convolution(inputs, outputs, stride=1):
    layer = nn.Conv2d(inputs, outputs, kernel_size=3, stride=stride, padding=1, bias=False)
    nn.init.kaiming_normal_(layer.weight, mode='fan_out', nonlinearity='relu')
    return nn.Sequential(layer, nn.BatchNorm2d(outputs))


class BasicBlock(nn.Module):
    """He and others' block, with a 3 x 3 convolution as shortcut where the size changes."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = convolution(inputs, outputs, stride)
        self.second = convolution(outputs, outputs)
        self.shortcut = nn.Identity() if inputs == outputs else convolution(inputs, outputs, stride)

    def forward(self, x):
        inner = F.relu(self.first(x), inplace=True)
        return F.relu(self.second(inner) + self.shortcut(x), inplace=True)


class CifarResnet(nn.Module):
    def __init__(self, depth, dimensions):
        super().__init__()
        self.stem = convolution(3, 16)
        channels = [16] * ((depth - 2) // 6) + [32] * ((depth - 2) // 6) + [64] * ((depth - 2) // 6)
        before = [16] + channels[:-1]
        self.blocks = nn.Sequential(
            *(BasicBlock(i, o, 1 if i == o else 2) for i, o in zip(before, channels))
        )
        self.output = nn.Linear(64, dimensions)

    def forward(self, images):
        features = self.blocks(F.relu(self.stem(images), inplace=True))
        return self.output(features.mean(dim=(2, 3)))


def main():
    parser = argparse.ArgumentParser()
    for name, default in dict(depth=32, batch=128, steps=10, threads=2).items():
        parser.add_argument(f'--{name}', type=int, default=default)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)

    network = CifarResnet(options.depth, dimensions=50).to(memory_format=torch.channels_last).train()
    prototypes = F.normalize(torch.randn(100, 50), dim=1)
    images = torch.randn(options.batch, 3, 32, 32).to(memory_format=torch.channels_last)
    labels = torch.arange(options.batch) % 100
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4)

    def step():
        cosines = F.cosine_similarity(network(images), prototypes[labels], dim=1)
        loss = ((1 - cosines) ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    milliseconds = []
    for _ in range(2 + options.steps):
        start = time.perf_counter()
        step()
        milliseconds.append((time.perf_counter() - start) * 1e3)
    median = statistics.median(milliseconds[2:])
    # Kilobytes, on macOS bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == 'darwin' else 2**10)
    print(json.dumps(dict(
        peer='PyTorch ' + torch.__version__,
        imagesPerSecond=options.batch / median * 1e3,
        millisecondsPerStep=median,
        peakMegabytes=round(peak),
        parameters=sum(parameter.numel() for parameter in network.parameters()),
    )))


main()
