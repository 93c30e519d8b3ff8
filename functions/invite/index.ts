import { default as middy } from '@middy/core';
import { readConfig } from '#functions/config.ts';
import { signInDeps } from '#functions/deps.ts';
import { inviteByOperator } from '#functions/invite/invite.ts';
import { log } from '#functions/log.ts';

const deps = signInDeps(readConfig(process.env));

/** Invoked by whoever may invoke it (the deployer, the operator's port): no route leads here. */
export const handler = middy().handler(async (event: unknown) => {
  const invited = await inviteByOperator(deps, event);
  log.info('INVITATION_WRITTEN');
  return invited;
});
