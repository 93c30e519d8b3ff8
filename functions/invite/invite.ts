import * as z from 'zod';
import type { SignInDeps } from '#functions/commands/sign-in-deps.ts';
import { type EnrolmentLink, invite } from '#functions/commands/staff.ts';
import { GivenRole } from '#shared/domain/role.ts';
import { Locale } from '#shared/i18n/locale.ts';

/** What the operator asks for. Everyone who signs in is an applicant, so nobody is invited as one. */
const Invitation = z.object({ role: GivenRole, locale: Locale.default('kk') });

/**
 * Writes the first administrator's link, or another one when all administrators have lost their passkeys.
 * @throws when the event is not an invitation; the message names what is wrong
 */
export const inviteByOperator = async (
  deps: Pick<SignInDeps, 'records' | 'clock' | 'chance' | 'publicOrigin'>,
  event: unknown,
): Promise<EnrolmentLink> => {
  const asked = Invitation.safeParse(event);
  if (!asked.success) throw new TypeError(`Not an invitation.\n${z.prettifyError(asked.error)}`);
  const invited = await invite(deps, { by: { kind: 'operator' }, ...asked.data });
  if (!invited.ok) throw new Error(`The invitation was refused: ${invited.error.kind}.`);
  return invited.value;
};
