"""Batches of 128 images, changed image by image by torchvision's transforms and joined: the peer of batches.ts.

Reads names of cases from standard input, one a line, and answers each with the mean milliseconds of a batch. Says its version first.
"""
import sys, time
import torch, torchvision
from torchvision.transforms import v2

torch.manual_seed(0)
# As in the workers of a DataLoader.
torch.set_num_threads(1)
images = torch.randint(0, 256, (2560, 3, 32, 32), dtype=torch.uint8)
finish = [
    v2.ToDtype(torch.float32, scale=True),
    v2.Normalize((0.491, 0.482, 0.447), (0.247, 0.244, 0.262)),
]
bilinear = v2.InterpolationMode.BILINEAR
cases = {
    'normalise': [],
    'crop-flip': [v2.RandomCrop(32, padding=4), v2.RandomHorizontalFlip()],
    'rotation': [v2.RandomRotation(15, interpolation=bilinear)],
    'resized-crop': [v2.RandomResizedCrop(32, interpolation=bilinear)],
    'resize': [v2.Resize(64, interpolation=bilinear)],
}

print('torchvision ' + torchvision.__version__, flush=True)
for line in sys.stdin:
    change = v2.Compose(cases[line.strip()] + finish)
    start = time.perf_counter()
    for order in torch.randperm(len(images)).split(128):
        torch.stack([change(images[index]) for index in order])
    print((time.perf_counter() - start) * 1e3 / (len(images) / 128), flush=True)
