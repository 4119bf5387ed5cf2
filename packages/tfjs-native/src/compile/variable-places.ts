import { engine, type Variable } from '@tensorflow/tfjs';
import { notePlace, type CallPlace } from './call-place.js';

/** Knows where the variables were created that came since it began to watch. */
export interface VariablePlaces {
  placeOf(variable: Variable): CallPlace | undefined;
  stop(): void;
}

/** What `tf.variable` calls. */
interface VariableMaker {
  makeVariable?: (...values: never[]) => Variable;
}

/** Watches `tf.variable` until it is stopped. */
export function watchVariables(): VariablePlaces {
  const places = new WeakMap<Variable, CallPlace>();
  const maker = engine() as unknown as VariableMaker;
  const plain = maker.makeVariable!.bind(maker);
  const makeVariable = (...values: never[]): Variable => {
    const made = plain(...values);
    places.set(made, notePlace(makeVariable));
    return made;
  };
  // Over the engine's class, so that it is taken away by itself.
  maker.makeVariable = makeVariable;
  return {
    placeOf: (variable) => places.get(variable),
    stop() {
      delete maker.makeVariable;
    },
  };
}
