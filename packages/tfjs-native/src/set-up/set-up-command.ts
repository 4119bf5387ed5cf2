const inCheckout = import.meta.url.endsWith('.ts');

/** What to type to set the engine up; in a checkout the command is not built. */
export const setUpCommand = inCheckout
  ? 'pnpm --filter @hyperspherical/tfjs-native run setup'
  : 'npx tfjs-native setup';

/** What to type to see what is found and what is not. */
export const doctorCommand = inCheckout
  ? 'pnpm --filter @hyperspherical/tfjs-native run doctor'
  : 'npx tfjs-native doctor';
