import type { CommandDeps } from '#functions/commands/deps.ts';
import { contactOfGuest } from '#functions/commands/guest-contact.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { committeeAggregate } from '#shared/domain/committee.ts';
import { isOpen } from '#shared/domain/guest.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { noStaff, staffAggregate, staffId } from '#shared/domain/staff.ts';
import { issueInvitation } from '#shared/domain/staff-changes.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Locale } from '#shared/i18n/locale.ts';
import { renderLetter, type Sender } from '#shared/letters.ts';
import type { Mail } from '#shared/ports/mail.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'> & { mail: Mail; sender: Sender };
type Message = Extract<OutboxMessage['body'], { kind: 'write-to-guest' }>;

/**
 * Writes an invitation to a guest, with a fresh link that only this letter holds. Who joined, or whose invitation was ended or whose
 * secretary left meanwhile, gets nothing. A delivery that is repeated makes another link; the earlier one stays good for its two days.
 */
export const writeToGuest = async (deps: Deps, letterId: string, message: Message): Promise<void> => {
  const { roundId, guest: number } = message;
  const [round, committee] = await Promise.all([
    deps.records.find(roundAggregate, roundId),
    deps.records.find(committeeAggregate, roundId),
  ]);
  const guest = committee?.state.guests?.find((one) => one.number === number);
  if (!round || !guest || guest.joined || !isOpen(guest, deps.clock.now())) return;
  const contact = await contactOfGuest(deps.records, guest.contact);
  if (!contact) return;
  const token = deps.chance.token(32);
  const linked = await decideAgain(() => makeLink(deps, message, { token, locale: contact.locale }));
  if (!linked.ok) {
    // Who is no secretary any more invites nobody.
    if (linked.error.kind === 'not-allowed') return;
    throw new Error(`The link of letter ${letterId} could not be stored.`);
  }
  const { intake, timeZone: zone } = round.state.plan;
  const { until } = guest;
  const facts = { roundId, intake, zone, guest: contact.name, until, linkUntil: linked.value, token };
  const letter = renderLetter({ template: 'guest-invited', facts }, contact.locale, deps.sender);
  await deps.mail.send({ to: contact.mail, letterId, template: 'guest-invited', ...letter });
};

/** @returns until when the link works */
const makeLink = async (
  deps: Deps,
  { roundId, guest: number, issuer }: Message,
  { token, locale }: { token: string; locale: Locale },
): Promise<Result<Instant, Refusal | LostRace>> => {
  const staff = await deps.records.find(staffAggregate, staffId);
  const invitation = sha256Of(token);
  const grant = { kind: 'role', role: 'guest', guest: { roundId, number } } as const;
  const issued = issueInvitation(
    staff?.state ?? noStaff,
    { invitation, grant, locale, issuer },
    deps.clock.now(),
  );
  if (!issued.ok) return issued;
  const { change, after } = changed(staffAggregate, staffId, staff, issued.value);
  const stored = await store(deps, { by: { kind: 'system', name: 'outbox' }, changes: [change] });
  if (!stored.ok) return stored;
  const made = after.state.invitations[invitation];
  if (!made) throw new Error('An invitation that was issued is not there.');
  return ok(made.expiresAt);
};
