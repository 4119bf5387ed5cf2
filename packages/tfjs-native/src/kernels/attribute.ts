import type { NativeBackend } from '../engine/native-backend.js';
import type { TFEOpAttr, TFJSBinding } from '../../vendor/dist/tfjs_binding.js';

/** One attribute of a TensorFlow operation, as the addon takes it. */
export type Attribute = Pick<TFEOpAttr, keyof TFEOpAttr>;

/** The attributes that the operations of this folder need; `T` and `U` are always float32. */
export interface Attributes {
  type(name: string, value?: 'float32' | 'int32'): Attribute;
  float(name: string, value: number): Attribute;
  boolean(name: string, value: boolean): Attribute;
  string(name: string, value: string): Attribute;
  integers(name: string, values: readonly number[]): Attribute;
}

/** Writers of attributes with the addon's own type codes. */
export function attributesOf({ binding }: { readonly binding: TFJSBinding }): Attributes {
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
