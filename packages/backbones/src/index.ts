export { type Backbone, type BackboneKind, type BackboneOptions } from './backbone.js';
export { type ImageShape } from './check-image-shape.js';
export { createBackbone } from './create-backbone.js';
export { type LoadWeightsOptions, type NamedWeight, type NamedWeights } from './named-weights.js';
export { type CifarResnetOptions } from './networks/cifar-resnet.js';
export { type ConvnetOptions } from './networks/convnet.js';
export { type MlpOptions } from './networks/mlp.js';
export { type Shortcut } from './networks/shortcut.js';
