import { InvalidArgumentError } from 'commander';

/** Reads an option's value as a whole number of at least `least`, or says what is allowed. */
export function integerOption(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Give a whole number, ${least} or more.`);
    }
    return value;
  };
}
