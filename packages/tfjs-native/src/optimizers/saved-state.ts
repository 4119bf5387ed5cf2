import { tensor, type Variable } from '@tensorflow/tfjs';

/** The numbers of one variable of an optimizer, in row-major order. */
export interface SavedVariable {
  /** Such as `velocity.3`: of the fourth variable that the optimizer moves. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Gives the variables of an optimizer to a checkpoint, and takes them back. */
export interface StateKeeper {
  save(): SavedVariable[];
  load(saved: readonly SavedVariable[]): void;
}

/** For variables by name, in order. */
export function keepState(variables: readonly (readonly [name: string, variable: Variable])[]): StateKeeper {
  return {
    save: () =>
      variables.map(([name, variable]) => ({
        name,
        shape: [...variable.shape],
        values: new Float32Array(variable.dataSync<'float32'>()),
      })),
    load(saved) {
      const given = new Map(saved.map((each) => [each.name, each]));
      if (saved.length !== variables.length || given.size !== variables.length) {
        throw new RangeError(
          `The saved state holds ${saved.length} variables and this optimizer ${variables.length}: it comes from other ` +
            'options or another network.',
        );
      }
      const found = variables.map(([name, { shape, size }]) => {
        const each = given.get(name);
        if (each === undefined) {
          throw new RangeError(`The saved state lacks ${name}: it comes from another kind of optimizer.`);
        }
        if (each.shape.join() !== shape.join() || each.values.length !== size) {
          throw new RangeError(
            `The saved state of ${name} is [${each.shape.join()}] with ${each.values.length} numbers; ` +
              `this optimizer needs [${shape.join()}].`,
          );
        }
        return each.values;
      });
      variables.forEach(([, variable], index) => {
        const values = tensor(found[index]!.slice(), variable.shape, 'float32');
        variable.assign(values);
        values.dispose();
      });
    },
  };
}
