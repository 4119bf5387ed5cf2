import { serialization, Tensor, type Tensor2D, tidy, type Variable } from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import type { HeadConfiguration } from '../head-configuration.js';
import { type AnyHead, headFromJSON } from '../head-from-json.js';

type LayerOptions = ConstructorParameters<typeof layers.Layer>[0];

/** What a head layer is made of. */
export interface HeadLayerOptions extends NonNullable<LayerOptions> {
  /** The head, or its JSON. The layer makes one of its own from it. */
  readonly head: AnyHead | HeadConfiguration;
}

/**
 * The last layer of a model: from outputs `[batch, outputDimensions]` to `head.scores`, `[batch, scoreColumns]`.
 * Learned class vectors and means are its weights. It is saved with its head's JSON, and loaded again by
 * `loadLayersModel` where this module has been imported.
 */
export class HeadLayer extends layers.Layer {
  static readonly className = 'HypersphericalHead';
  private readonly configuration: HeadConfiguration;
  private ownHead: AnyHead | undefined;

  constructor(options: HeadLayerOptions) {
    super(options);
    const { head } = options;
    // From a file, a head may be anything: headFromJSON says what is wrong with it.
    const isHead = typeof (head as Partial<AnyHead> | null)?.toJSON === 'function';
    this.configuration = isHead ? (head as AnyHead).toJSON() : (head as HeadConfiguration);
  }

  /** The layer's own head; it exists once the layer is built. */
  get head(): AnyHead {
    if (this.ownHead === undefined) throw new Error('the head layer has no head before it is built');
    return this.ownHead;
  }

  override build(inputShape: (number | null)[] | (number | null)[][]): void {
    const template = headFromJSON(this.configuration);
    const width = singleShape(inputShape).at(-1);
    if (width !== template.outputDimensions) {
      throw new RangeError(
        `a ${template.kind} layer must get ${template.outputDimensions} inputs an example, and gets ${String(width)}`,
      );
    }
    const weights = template.variables.map((variable, index) => {
      const isTrainable = template.trainableVariables.includes(variable);
      const weight = this.addWeight(
        `vectors_${index}`,
        variable.shape,
        variable.dtype,
        initializers.zeros(),
        undefined,
        isTrainable,
      );
      weight.write(variable);
      // What a weight reads is its variable itself.
      return weight.read() as unknown as Variable;
    });
    this.ownHead = headFromJSON(this.configuration, weights);
    template.dispose();
    super.build(inputShape);
  }

  override computeOutputShape(inputShape: (number | null)[] | (number | null)[][]): (number | null)[] {
    const template = this.ownHead ?? headFromJSON(this.configuration);
    if (template !== this.ownHead) template.dispose();
    return [...singleShape(inputShape).slice(0, -1), template.scoreColumns];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const outputs: unknown = Array.isArray(inputs) ? inputs[0] : inputs;
    // A model of another copy of tfjs-layers hands over symbolic tensors that this copy does not know as such.
    if (!(outputs instanceof Tensor)) {
      throw new TypeError(
        "the head layer gets something that is no tensor; a reason is a second copy of @tensorflow/tfjs-layers, whose models don't take this one's layers: npm ls @tensorflow/tfjs-layers shows the copies, give all of them one version and type npm dedupe",
      );
    }
    return tidy(() => this.head.scores(outputs as Tensor2D));
  }

  override getConfig(): serialization.ConfigDict {
    const head = this.ownHead?.toJSON() ?? this.configuration;
    return { ...super.getConfig(), head: head as unknown as serialization.ConfigDict };
  }

  override dispose(): ReturnType<layers.Layer['dispose']> {
    this.ownHead?.dispose();
    return super.dispose();
  }
}

serialization.registerClass(HeadLayer);

/**
 * A layer that puts out a head's scores, to end a tf.layers model with.
 *
 * @example
 * model.add(layers.dense({ units: head.outputDimensions }));
 * model.add(headLayer(head));
 * model.compile({ optimizer: 'adam', loss: layersLoss(head), metrics: ['accuracy'] });
 */
export function headLayer(head: AnyHead, options: LayerOptions = {}): HeadLayer {
  return new HeadLayer({ ...options, head });
}

function singleShape(shape: (number | null)[] | (number | null)[][]): (number | null)[] {
  return Array.isArray(shape[0]) ? shape[0] : (shape as (number | null)[]);
}
