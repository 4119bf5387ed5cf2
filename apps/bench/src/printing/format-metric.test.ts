import { describe, expect, it } from 'vitest';
import { formatMetric, metricTitle } from './format-metric.js';

describe('formatMetric', () => {
  it('shows an accuracy as a percentage and other metrics with their unit', () => {
    expect(formatMetric({ name: 'accuracy' }, 0.7234)).toBe('72.3 %');
    expect(formatMetric({ name: 'meanAbsoluteError', unit: 'degrees' }, 3.214)).toBe('3.214 degrees');
    expect(formatMetric({ name: 'meanAbsoluteError', unit: 'years' }, 83.46)).toBe('83.46 years');
    expect(formatMetric({ name: 'meanAbsoluteError' }, 0.5)).toBe('0.5000');
  });
});

describe('metricTitle', () => {
  it('takes a name apart into words', () => {
    expect(metricTitle('accuracy')).toBe('accuracy');
    expect(metricTitle('meanAbsoluteError')).toBe('mean absolute error');
  });
});
