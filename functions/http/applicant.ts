import type { Context } from 'hono';
import { assistedOwner, type DeskWorker } from '#functions/commands/assistance.ts';
import type { Applicant, CommandDeps } from '#functions/commands/deps.ts';
import { requireActor } from '#functions/http/authorize.ts';
import { sessionOf } from '#functions/http/session.ts';
import { ApplicationId } from '#shared/domain/ids.ts';
import { rolesFor } from '#shared/domain/permission.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** For whom this request acts, where that is somebody else than whoever is signed in. */
    assisted: Applicant | undefined;
  }
}

/** The person who asks, or for whom the desk does; somebody else's application does not exist for them. */
export const applicantOf = (c: Context): Applicant => c.get('assisted') ?? { personId: requireActor(c).id };

/** Whoever is at the desk, as whom its events name. */
export const deskWorker = (c: Context): DeskWorker => requireActor(c, rolesFor('desk.assist'));

/**
 * Lets whoever works at the desk act for the owner of the application that an address names, where that is a person without a
 * mailbox; answers for whom. An application of anybody else stays as strange to the desk as it is to any applicant.
 */
export const actAtDesk = async (
  c: Context,
  deps: Pick<CommandDeps, 'records' | 'readLog' | 'clock'>,
): Promise<Applicant | undefined> => {
  const applicationId = ApplicationId.safeParse(c.req.param('application'));
  if (!applicationId.success || !sessionOf(c)?.roles.includes('desk')) return undefined;
  const assisted = await assistedOwner(deps, { by: deskWorker(c), applicationId: applicationId.data });
  if (assisted) c.set('assisted', assisted);
  return assisted;
};
