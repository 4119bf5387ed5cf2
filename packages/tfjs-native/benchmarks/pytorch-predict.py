"""Predictions of a CIFAR ResNet over many images, in PyTorch on the CPU in its faster memory layout: the peer of predict.ts.

python pytorch-predict.py --depth 32 --batch 500 --images 10000 --passes 2 --threads 2
Prints one JSON document: the median pass's seconds, peak memory.
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
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel_size=3, stride=stride, padding=1, bias=False), nn.BatchNorm2d(outputs)
    )


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = convolution(inputs, outputs, stride)
        self.second = convolution(outputs, outputs)
        self.shortcut = nn.Identity() if inputs == outputs else convolution(inputs, outputs, stride)

    def forward(self, x):
        inner = F.relu(self.first(x), inplace=True)
        return F.relu(self.second(inner) + self.shortcut(x), inplace=True)


def resnet(depth, dimensions):
    layers, inputs = [convolution(3, 16), nn.ReLU(inplace=True)], 16
    for stage, outputs in enumerate((16, 32, 64)):
        for index in range((depth - 2) // 6):
            layers.append(BasicBlock(inputs, outputs, 2 if stage > 0 and index == 0 else 1))
            inputs = outputs
    return nn.Sequential(*layers, nn.AvgPool2d(8), nn.Flatten(), nn.Linear(64, dimensions))


parser = argparse.ArgumentParser()
for name, default in dict(depth=32, batch=500, images=10000, passes=2, threads=2).items():
    parser.add_argument(f'--{name}', type=int, default=default)
options = parser.parse_args()
torch.set_num_threads(options.threads)
network = resnet(options.depth, 50).to(memory_format=torch.channels_last).eval()
images = torch.randn(options.images, 3, 32, 32).to(memory_format=torch.channels_last)
seconds = []
with torch.inference_mode():
    network(images[: options.batch])
    for _ in range(options.passes):
        start = time.perf_counter()
        for batch in images.split(options.batch):
            network(batch).argmax(dim=1).tolist()
        seconds.append(time.perf_counter() - start)
print(json.dumps(dict(
    peer='PyTorch ' + torch.__version__,
    seconds=statistics.median(seconds),
    peakMegabytes=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == 'darwin' else 2**10)),
)))
