/** The name under which the backend is registered. */
export const backendName = 'tensorflow';
