import { default as middy } from '@middy/core';
import { readConfig } from '#functions/config.ts';
import { signInDeps } from '#functions/deps.ts';
import { inviteByOperator } from '#functions/invite/invite.ts';

const deps = signInDeps(readConfig(process.env));

/** Invoked by whoever may invoke it (the deployer, the operator's port): no route leads here. */
export const handler = middy().handler((event: unknown) => inviteByOperator(deps, event));
