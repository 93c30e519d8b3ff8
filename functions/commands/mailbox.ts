import type { CommandDeps } from '#functions/commands/deps.ts';
import { noteProof } from '#functions/commands/mailbox-proof.ts';
import { tryCode } from '#functions/commands/sign-in.ts';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import type { Actor } from '#shared/domain/event.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Refusal } from '#shared/errors.ts';
import { type Result, refuse } from '#shared/result.ts';

type Proving = { by: Actor; personId: PersonId; secret: string; code: string; network: string };

/**
 * Makes a mailbox the person's own, by the code that was sent to it: instead of another one, or as the first one of somebody
 * whom the desk entered. That a mailbox is somebody else's, only whoever reads its letters is told. The code is spent last:
 * after a crash the same code goes on where it broke off.
 */
export const proveMailbox = async (
  deps: SignInDeps & Pick<CommandDeps, 'nudge'>,
  { by, personId, secret, code, network }: Proving,
): Promise<Result<void, Refusal>> => {
  const now = deps.clock.now();
  const judged = await tryCode(deps, { secret, code, network, joins: personId }, now);
  if (!judged.ok) return judged;
  const { mail, attempt } = judged.value;
  if (!(await deps.people.profiles.move(personId, mail))) return refuse({ kind: 'mailbox-taken' });
  const noted = await noteProof(deps, { by, personId, proof: attempt });
  if (!noted.ok) return noted;
  await deps.people.codes.spend(attempt, now);
  await deps.nudge.outbox();
  return noted;
};
