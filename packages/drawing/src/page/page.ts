export { type Attributes, element, onResize, paperOfPage, svgElement } from './element.js';
export { createLineChart, type LineChart, type LineChartOptions } from './line-chart.js';
export { type PageColors, type PaintedPoint, paintSphere } from './paint-sphere.js';
export { emptyScene, type SphereScene } from './sphere-scene.js';
export type { Series } from './series.js';
export { createSphereView, type SphereView, type SphereViewOptions } from './sphere-view.js';
