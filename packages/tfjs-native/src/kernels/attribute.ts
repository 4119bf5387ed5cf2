import type { NativeAttribute, NativeBackend } from '../engine/native-backend.js';

/** The attributes that the operations of this folder need; `T` and `U` are always float32. */
export interface Attributes {
  type(name: string, value?: 'float32' | 'int32'): NativeAttribute;
  float(name: string, value: number): NativeAttribute;
  boolean(name: string, value: boolean): NativeAttribute;
  string(name: string, value: string): NativeAttribute;
  integers(name: string, values: readonly number[]): NativeAttribute;
}

/** Writers of attributes with the addon's own type codes. */
export function attributesOf({ binding }: Pick<NativeBackend, 'binding'>): Attributes {
  return {
    type: (name, value = 'float32') => ({
      name,
      type: binding.TF_ATTR_TYPE,
      value: value === 'float32' ? binding.TF_FLOAT : binding.TF_INT32,
    }),
    float: (name, value) => ({ name, type: binding.TF_ATTR_FLOAT, value }),
    boolean: (name, value) => ({ name, type: binding.TF_ATTR_BOOL, value }),
    string: (name, value) => ({ name, type: binding.TF_ATTR_STRING, value }),
    integers: (name, values) => ({ name, type: binding.TF_ATTR_INT, value: [...values] }),
  };
}

/** What tfjs hands to a kernel, with the backend as it is. */
export function nativeBackendOf(backend: unknown): NativeBackend {
  return backend as NativeBackend;
}
