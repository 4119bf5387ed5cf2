export { HeadLayer, headLayer, type HeadLayerOptions } from './head-layer.js';
export { layersAccuracy, type LayersFunction, layersLoss, layersMeanAbsoluteError } from './layers-loss.js';
export { type HeadTargets, layersTargets } from './layers-targets.js';
