import { z } from 'zod';

/** Whether a run had its machine to itself: only then does its time say anything of its speed. */
export const timingSchema = z.enum(['alone', 'beside other work']);

/** Whether a run had its machine to itself. */
export type Timing = z.output<typeof timingSchema>;
