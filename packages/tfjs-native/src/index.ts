export { nativeEngine, type NativeEngine } from './engine/register-backend.js';
export { nativeBackend, type NativeAttribute, type NativeBackend } from './engine/native-backend.js';
export { node } from './engine/node.js';
