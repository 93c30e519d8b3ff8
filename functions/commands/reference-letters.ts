import { roundOf } from '#functions/commands/application-reading.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { applicantName, contactBehind } from '#functions/commands/reference-contact.ts';
import { referencesOf } from '#functions/commands/references.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { refereeIn, referencesAggregate, referencesWanted } from '#shared/domain/reference.ts';
import type { Refusal } from '#shared/errors.ts';
import { renderLetter, type Sender } from '#shared/letters.ts';
import type { Mail } from '#shared/ports/mail.ts';
import { ok, type Result } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'> & { mail: Mail; sender: Sender };
type Message = Extract<OutboxMessage['body'], { kind: 'write-to-referee' }>;

/** The claim by which the token of a letter is found; only its digest is stored. */
export const linkClaim = (digest: string): string => `reference-link#${digest}`;

/**
 * Writes to a referee, with a fresh link that only this letter holds. Whoever answered, was replaced, or whose applicant withdrew or
 * round went on meanwhile, gets nothing. A delivery that is repeated makes another link; the earlier one stays good.
 */
export const writeToReferee = async (deps: Deps, letterId: string, message: Message): Promise<void> => {
  const { applicationId, template } = message;
  const application = await deps.records.find(applicationAggregate, applicationId);
  if (!application) return;
  const { round, file } = await roundOf(deps, application.state);
  if (!referencesWanted(application.state, round.state, file).ok) return;
  const token = deps.chance.token(32);
  const linked = await decideAgain(() => makeLink(deps, message, token));
  if (!linked.ok) throw new Error(`The link of letter ${letterId} could not be stored.`);
  const referee = refereeIn((await referencesOf(deps.records, applicationId))?.state, message.referee);
  const contact = linked.value ? await contactBehind(deps.records, referee) : undefined;
  if (!contact) return;
  const { intake, timeZone: zone } = round.state.plan;
  const applicant = await applicantName(deps.records, application.state);
  const facts = { roundId: round.id, intake, zone, referee: contact.name, applicant, token };
  const letter = renderLetter({ template, facts }, contact.locale, deps.sender);
  await deps.mail.send({ to: contact.mail, letterId, template, ...letter });
};

/** True when the answer is still awaited and the link is stored. */
const makeLink = async (
  deps: Deps,
  { applicationId, referee: id }: Message,
  token: string,
): Promise<Result<boolean, Refusal | LostRace>> => {
  const references = await referencesOf(deps.records, applicationId);
  const referee = refereeIn(references?.state, id);
  if (!references || referee?.status !== 'asked') return ok(false);
  const link = sha256Of(token);
  const event = { type: 'reference-link-made', at: deps.clock.now(), referee: id, link } as const;
  const { change } = changed(referencesAggregate, applicationId, references, [event]);
  const stored = await store(deps, {
    by: { kind: 'system', name: 'outbox' },
    changes: [change],
    claims: [{ key: linkClaim(link), value: applicationId }],
  });
  return stored.ok ? ok(true) : stored;
};
