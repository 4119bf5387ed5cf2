import type { NamedWeight, NamedWeights } from './named-weights.js';
import { unwrappedName } from './unwrapped-name.js';

/** torchvision's modules, and what they are called here. */
const modules: readonly (readonly [pattern: RegExp, name: (...found: string[]) => string])[] = [
  [/^(?:conv1|bn1|features\.conv0|features\.norm0)$/, () => 'stem'],
  [
    /^layer(\d+)\.(\d+)\.(?:conv|bn)([12])$/,
    (stage, block, which) => `stages.${Number(stage) - 1}.blocks.${block}.${order(which)}`,
  ],
  [
    /^layer(\d+)\.(\d+)\.downsample\.[01]$/,
    (stage, block) => `stages.${Number(stage) - 1}.blocks.${block}.shortcut`,
  ],
  [
    // Older files write norm.1 for norm1.
    /^features\.denseblock(\d+)\.denselayer(\d+)\.(?:conv|norm)\.?([12])$/,
    (block, layer, which) => `blocks.${Number(block) - 1}.${Number(layer) - 1}.${order(which)}`,
  ],
  [/^features\.transition(\d+)\.(?:conv|norm)$/, (transition) => `transitions.${Number(transition) - 1}`],
  [/^features\.norm5$/, () => 'last'],
  [/^(?:fc|classifier)$/, () => 'output'],
];

function order(which: string | undefined): string {
  return which === '1' ? 'first' : 'second';
}

/** What follows the module's name. */
const parts: Readonly<Record<string, string>> = {
  bias: 'offset',
  running_mean: 'runningMean',
  running_var: 'runningVariance',
};

/**
 * Names and turns the weights of a ResNet-18 or 34 or a DenseNet of torchvision as `loadWeights` wants them: a network trained
 * on ImageNet, say, saved in PyTorch by `safetensors.torch.save_file(model.state_dict(), path)`. With `exceptOutput` it can
 * begin another task. What DataParallel (`module.`) and torch.compile (`_orig_mod.`) put into names is taken off.
 *
 * @throws {RangeError} If a name is none of theirs, or a shape does not match its numbers.
 * @example
 * const { arrays } = decodeSafetensors(await readFile('resnet18.safetensors'));
 * backbone.loadWeights(weightsFromTorchvision(arrays), { exceptOutput: true });
 */
export function weightsFromTorchvision(weights: NamedWeights): NamedWeight[] {
  return weights
    .filter(({ name }) => !name.endsWith('.num_batches_tracked'))
    .map((weight) => {
      const { shape, values } = weight;
      const name = unwrappedName(weight.name);
      if (shape.reduce((product, side) => product * side, 1) !== values.length) {
        throw new RangeError(
          `${name} has ${values.length} numbers, which do not fill its shape [${shape.join()}].`,
        );
      }
      const dot = name.lastIndexOf('.');
      const layer = layerOf(name.slice(0, dot));
      const part = name.slice(dot + 1);
      if (layer === undefined || !['weight', ...Object.keys(parts)].includes(part)) {
        throw new RangeError(`${name} is no weight of a ResNet-18 or 34 or a DenseNet of torchvision.`);
      }
      if (part !== 'weight') {
        return { name: `${layer}.${layer === 'output' ? 'bias' : parts[part]!}`, shape, values };
      }
      if (shape.length === 4) return { name: `${layer}.filter`, ...turned(weight) };
      if (shape.length === 2) return { name: `${layer}.weights`, ...turned(weight) };
      return { name: `${layer}.scale`, shape, values };
    });
}

function layerOf(module: string): string | undefined {
  for (const [pattern, name] of modules) {
    const found = pattern.exec(module);
    if (found) return name(...found.slice(1));
  }
  return undefined;
}

/** From `[outputs, inputs, ...positions]` to `[...positions, inputs, outputs]`. */
function turned({ shape, values }: NamedWeight): {
  readonly shape: number[];
  readonly values: Float32Array;
} {
  const [outputs = 0, inputs = 0, ...positions] = shape;
  const places = positions.reduce((product, size) => product * size, 1);
  const result = new Float32Array(values.length);
  for (let output = 0; output < outputs; output += 1) {
    for (let input = 0; input < inputs; input += 1) {
      const source = (output * inputs + input) * places;
      for (let place = 0; place < places; place += 1) {
        result[(place * inputs + input) * outputs + output] = values[source + place]!;
      }
    }
  }
  return { shape: [...positions, inputs, outputs], values: result };
}
