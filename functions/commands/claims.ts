import {
  type ApplicationCommand,
  type Opened,
  openApplication,
} from '#functions/commands/application-reading.ts';
import { claimTexts, ownClaim } from '#functions/commands/claim-reading.ts';
import { claimReminders } from '#functions/commands/claim-reminder.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { decidedList, standingIn } from '#functions/commands/proposals/proposal.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import { type Application, receivedIn } from '#shared/domain/application.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import {
  type ClaimGrounds,
  claimAggregate,
  onceEach,
  onlyClaim,
  type ResultClaim,
} from '#shared/domain/claim.ts';
import { fileClaim } from '#shared/domain/claim-decisions.ts';
import { writeDocument } from '#shared/domain/document.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { ClaimId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>;
type Attempt = Promise<Result<Versioned<ResultClaim>, Refusal | LostRace>>;

/** Two pages; longer than that is for a letter. */
const maxClaim = 4000;

/** `evidence`: documents of the application that show it, by their codes in the round file. */
export type FileClaim = ApplicationCommand & {
  grounds: ClaimGrounds;
  text: string;
  evidence?: readonly string[] | undefined;
};

/** The documents that a claim may point at: those that the application holds, since it is judged as it was submitted. */
export const evidenceOf = (
  application: Application,
  { documents }: Pick<RoundFile, 'documents'>,
): RoundFile['documents'] => {
  const there = new Set(receivedIn(application).map(({ requirement }) => requirement));
  return documents.filter(({ code }) => there.has(code));
};

/**
 * Files the own claim and confirms it by letter. One for each application: another is `claim-exists`, the same again the
 * one that stands; whoever took theirs back claims again, in the same record. The round must still be the one that was read when this is stored.
 */
export const makeClaim = (deps: Deps, command: FileClaim): Promise<Result<Versioned<ResultClaim>, Refusal>> =>
  decideAgain(async (): Attempt => {
    const opened = await openApplication(deps, command);
    if (!opened.ok) return opened;
    const permitted = permit('claim.file', 'applicant', opened.value.round.state.stage);
    if (!permitted.ok) return permitted;
    const { applicationId } = command;
    const text = command.text.trim();
    const earlier = await ownClaim(deps.records, applicationId);
    if (earlier && earlier.state.status !== 'withdrawn')
      return await filedBefore(deps, earlier, { ...command, text });
    if (text === '' || text.length > maxClaim) {
      const fault = { place: 'text', message: 'results.fault.text', facts: { maximum: maxClaim } };
      return refuse({ kind: 'invalid', faults: [fault] });
    }
    return await storeClaim(deps, { ...opened.value, earlier }, { ...command, text });
  });

/** The same claim again, as a second press sends it, is the claim that stands. */
const filedBefore = async (
  { records }: Deps,
  found: Versioned<ResultClaim>,
  { grounds, text, evidence = [] }: FileClaim,
): Attempt => {
  const pointed = new Set(found.state.evidence);
  const same =
    found.state.grounds === grounds &&
    pointed.size === new Set(evidence).size &&
    evidence.every((code) => pointed.has(code)) &&
    (await claimTexts(records, found.state)).text === text;
  return same ? ok(found) : refuse({ kind: 'claim-exists' });
};

type Filed = Opened & { earlier: Versioned<ResultClaim> | undefined };

const storeClaim = async (
  deps: Deps,
  { found, round, file, earlier }: Filed,
  command: FileClaim,
): Attempt => {
  const { applicationId, grounds, by } = command;
  const evidence = [...new Set(command.evidence)];
  const held = new Set(evidenceOf(found.state, file).map(({ code }) => code));
  if (!evidence.every((code) => held.has(code))) return refuse({ kind: 'not-found', what: 'document' });
  const id = earlier?.state.id ?? ClaimId.parse(deps.chance.id());
  const owner = `application#${applicationId}`;
  const place = { owner, kind: 'claim', version: (earlier?.state.text.version ?? 0) + 1 } as const;
  const document = writeDocument(place, { text: command.text }, deps.chance.token(16));
  const candidacy = await deps.records.find(candidacyAggregate, applicationId);
  const standing = standingIn(await decidedList(deps.records, round.state, 'preliminary'), applicationId);
  const { number } = found.state;
  const shown = evidence.length > 0 && { evidence };
  const filing = { id, applicationId, number, grounds, text: document.ref, ...shown };
  const about = { standing, withdrawn: candidacy?.state.withdrawnAt !== undefined };
  const decision = fileClaim(round.state, filing, about, deps.clock.now());
  if (!decision.ok) return decision;
  const { change, after } = changed(claimAggregate, id, earlier, decision.value);
  const stored = await store(deps, {
    by: actorOf(by),
    changes: [change],
    claims: earlier ? [] : [{ key: onlyClaim(applicationId), value: id }],
    documents: [document],
    requires: [{ aggregate: 'round', id: round.id, version: round.version }],
    outbox: [filedLetter(found.state, round.state, after.state), ...claimReminders(file, after.state)],
  });
  return stored.ok ? ok(after) : stored;
};

const filedLetter = (
  { id: applicationId, number, personId }: Application,
  { id: roundId, plan: { intake, timeZone: zone } }: Round,
  claim: ResultClaim,
): OutboxMessage => {
  const { filedAt } = claim;
  const facts = { applicationId, number, roundId, intake, zone, filedAt };
  return {
    id: onceEach('claim-filed', claim),
    at: filedAt,
    body: { kind: 'letter', template: 'claim-filed', personId, facts },
  };
};
