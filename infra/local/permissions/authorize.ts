import { evaluate, type Wish } from '#infra/local/permissions/evaluate.ts';
import type { Authorize, Caller, HomeLog } from '#infra/local/ports.ts';
import type { Description } from '#infra/local/template/description.ts';

/** A call that the caller's role does not allow. Services answer it in their own shape, with status 400 or 403. */
class AccessDenied extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AccessDeniedException';
  }
}

/**
 * Checks calls against the policies of the template. What was once allowed is remembered, since the policies of a
 * running home never change.
 */
export const createAuthorize = (description: Description, log: HomeLog): Authorize => {
  const roles = new Map([
    ...description.functions.map(({ logicalId, role }): [string, string] => [`function/${logicalId}`, role]),
    ...description.machines.map(({ logicalId, role }): [string, string] => [
      `state-machine/${logicalId}`,
      role,
    ]),
  ]);
  const allowed = new Set<string>();

  return (caller, action, resource, context) => {
    if (caller.kind === 'operator') return;
    const name = nameOf(caller);
    const key = JSON.stringify([name, action, resource, context]);
    if (allowed.has(key)) return;
    const role = roles.get(name) ?? '';
    const statements = description.policies.get(role) ?? [];
    const wish: Wish = { action, resource, context };
    const verdict = evaluate(statements, wish);
    if (verdict === 'allowed') {
      if (allowed.size >= mostRemembered) allowed.clear();
      allowed.add(key);
      return;
    }
    log('GRANT_MISSING', `${name} may not ${action}: its role in the template lacks the grant.`, {
      caller: name,
      role,
      action,
      resource,
    });
    const because =
      verdict === 'denied'
        ? 'an explicit deny forbids it'
        : `no identity-based policy allows the ${action} action`;
    throw new AccessDenied(
      `User: arn:aws:sts::${description.account}:assumed-role/${role}/${name} is not authorized to perform: ${action} on resource: ${resource} because ${because}`,
    );
  };
};

/** Keys of objects are part of resources, so there is no end to what might be remembered. */
const mostRemembered = 5_000;

const nameOf = (caller: Caller): string =>
  caller.kind === 'function' || caller.kind === 'state-machine'
    ? `${caller.kind}/${caller.logicalId}`
    : caller.kind;
