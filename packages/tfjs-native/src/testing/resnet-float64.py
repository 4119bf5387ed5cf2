"""The first loss and gradients of the networks in small-resnet.ts in float64, by PyTorch: writes resnet-float64.json.

python resnet-float64.py > resnet-float64.json
"""
import json
import math

import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)


network = 0


def waves(shape, phase, scale):
    """The same numbers as small-resnet.ts makes, rounded to float32 as there."""
    size = math.prod(shape)
    values = [scale * math.sin(index * (1.7 + 0.013 * network) + phase + 0.37 * network) for index in range(size)]
    return torch.tensor(values, dtype=torch.float32).to(torch.float64).reshape(shape)


weights = []


def weight(shape, scale):
    made = waves(shape, len(weights), scale).requires_grad_()
    weights.append(made)
    return made


def normalised_convolution(inputs, outputs, stride):
    kernel = weight([3, 3, inputs, outputs], math.sqrt(4 / (9 * outputs)))
    scale = torch.ones(outputs, requires_grad=True)
    offset = torch.zeros(outputs, requires_grad=True)
    weights.extend([scale, offset])

    def apply(x):
        # TensorFlow's 'same': where a convolution halves an even size, one more row and column at the end.
        padded = F.pad(x, (1, 1, 1, 1) if stride == 1 else (0, 1, 0, 1))
        y = F.conv2d(padded, kernel.permute(3, 2, 0, 1), stride=stride)
        return F.batch_norm(y, None, None, scale, offset, training=True, eps=1e-5)

    return apply


def block(inputs, outputs, stride):
    first = normalised_convolution(inputs, outputs, stride)
    second = normalised_convolution(outputs, outputs, 1)
    shortcut = normalised_convolution(inputs, outputs, stride) if stride > 1 else (lambda x: x)
    return lambda x: F.relu(second(F.relu(first(x))) + shortcut(x))


def first_step():
    """The loss, and the gradients of all weights in one row."""
    weights.clear()
    stem = normalised_convolution(3, 4, 1)
    blocks = [block(4, 4, 1), block(4, 8, 2), block(8, 16, 2)]
    dense = weight([16, 5], 0.5)
    x = F.relu(stem(waves([8, 12, 12, 3], 0, 1).permute(0, 3, 1, 2)))
    for apply in blocks:
        x = apply(x)
    loss = F.cross_entropy(x.mean(dim=(2, 3)) @ dense, torch.arange(8) % 5)
    loss.backward()
    return loss.item(), [each.grad.flatten() for each in weights]


def shown(values):
    return [float(f'{value:.9g}') for value in values.tolist()]


loss, gradients = first_step()
# Of each other network every 16th number, which tell a distance as well.
samples = []
for network in range(1, 21):
    samples.append(shown(torch.cat(first_step()[1])[::16]))
print(json.dumps(dict(loss=loss, gradients=[shown(each) for each in gradients], samples=samples)))
