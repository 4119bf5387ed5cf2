import { z } from 'zod';

/** `<study>/<name>` of an experiment that comes with the bench, as files refer to it. */
export const experimentNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]*\/[a-z0-9][a-z0-9.-]*$/, 'must be <study>/<name> of an experiment');
