/** Holds the place until the function itself is written; says so when it is called. */
export const handler = (): Promise<never> => Promise.reject(new Error('read-round is not written yet'));
