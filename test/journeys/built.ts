import { synthesize } from '#infra/build/synthesize.ts';

/** What homes host is made once, before several of them start side by side. */
export const setup = async (): Promise<void> => {
  await synthesize('KZ-19');
};
