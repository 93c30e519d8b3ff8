import type { Page } from 'playwright-core';

/**
 * A device that holds passkeys and says yes, as a phone does after a fingerprint.
 * @returns what makes it say no, or yes again
 */
export const addDevice = async (page: Page): Promise<(says: boolean) => Promise<void>> => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return async (says) => {
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: says });
  };
};
