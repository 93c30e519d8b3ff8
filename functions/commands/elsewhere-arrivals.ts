import { broughtResults } from '#functions/commands/brought-results.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { sealName } from '#functions/commands/elsewhere-list.ts';
import {
  arrivalsOwner,
  type ElsewherePlace,
  elsewherePlace,
  keepElsewhere,
} from '#functions/commands/elsewhere-place.ts';
import { decideAgain, type LostRace } from '#functions/commands/storing.ts';
import type { CommitteeCommand } from '#functions/commands/workplace.ts';
import { type DocumentWrite, writeDocument } from '#shared/domain/document.ts';
import {
  arrivalOf,
  bringPeople as decideBring,
  confirmPeople as decideConfirm,
  refusePeople as decideRefuse,
  samePacket,
} from '#shared/domain/elsewhere-arrivals.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { Arrived } from '#shared/elsewhere/arrival.ts';
import type { Newcomer } from '#shared/elsewhere/newcomer.ts';
import { OpenPosts } from '#shared/elsewhere/open-posts.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge' | 'region'>;
type Attempt<T> = Promise<Result<T, Refusal | LostRace>>;

/** A packet, and the results that it names: as text, or by the id under which storage has them. */
type BroughtFiles = { packet: string; bundle: string | { id: DocumentId } };

/**
 * Brings the packet of another region with its published final results. Every fault is answered and nothing is kept of a packet that has one; one without waits for
 * another person. It is compared with the end of handing over when it is written.
 * @returns its number; `isKnown` where it was brought already
 */
export const bringArrivals = async (
  deps: Deps & Pick<CommandDeps, 'files'>,
  command: CommitteeCommand & BroughtFiles,
): Promise<Result<{ number: number; isKnown: boolean }, Refusal>> =>
  decideAgain(async (): Attempt<{ number: number; isKnown: boolean }> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.receive');
    if (!found.ok) return found;
    const { work, round, record } = found.value;
    const own = record?.state.own;
    if (!record || !own) return refuse({ kind: 'not-found', what: 'page' });
    const arrived = await read(deps, found.value, command);
    if (!arrived.ok) return arrived;
    const { packet, key, sha256, people } = arrived.value;
    const zone = work.file.timeZone;
    const { from, roundId: of, intake, bundle } = packet;
    const next = numberAfter(record.state);
    const documents = documentsFor(deps, people, { owner: arrivalsOwner(round.id), number: next });
    const [document, ...more] = documents.map(({ ref }) => ref);
    if (!document) throw new Error('A packet without people was read.');
    const facts = {
      from,
      of,
      intake,
      packet: sha256,
      bundle,
      key,
      people: people.length,
      document,
      ...(more.length > 0 && { more }),
      replyTo: packet.sealed.key,
    };
    const events = decideBring(record.state, { by: work.by.id, facts, zone }, deps.clock.now());
    if (!events.ok) return events;
    const body = { kind: 'erase-handed', roundId: round.id } as const;
    const kept = await keepElsewhere(deps, found.value, {
      events: events.value,
      documents,
      outbox: [{ id: `erase-handed#${round.id}#${next}`, at: own.keptUntil, body }],
    });
    if (!kept.ok) return kept;
    const number = samePacket(record.state, sha256)?.number ?? next;
    return ok({ number, isKnown: events.value.length === 0 });
  });

const numberAfter = ({ arrivals = [] }: { arrivals?: readonly unknown[] | undefined }): number =>
  arrivals.length + 1;

/** In UTF-8: an item of the store holds 400 KB, with keys and salt. One person is some 5 KB at most. */
const bytesInOneDocument = 300_000;

/** Beyond the number of a round's packets, so that no two documents have one version. */
const betweenParts = 1000;

const documentsFor = (
  { chance }: Pick<CommandDeps, 'chance'>,
  people: readonly Newcomer[],
  { owner, number }: { owner: string; number: number },
): DocumentWrite[] =>
  inParts(people).map((some, part) => {
    const place = { owner, kind: 'packet', version: number + part * betweenParts } as const;
    return writeDocument(place, { people: some }, chance.token(16));
  });

/** In their order, as many in each as one document holds. */
const inParts = (people: readonly Newcomer[]): Newcomer[][] => {
  const parts: Newcomer[][] = [];
  let left = 0;
  for (const one of people) {
    const bytes = Buffer.byteLength(canonicalJson(one)) + 1;
    if (bytes > left) {
      parts.push([]);
      left = bytesInOneDocument;
    }
    parts.at(-1)?.push(one);
    left -= bytes;
  }
  return parts;
};

const read = async (
  deps: Deps & Pick<CommandDeps, 'files'>,
  { round, record }: ElsewherePlace,
  { packet, bundle }: BroughtFiles,
): Promise<Result<Arrived, Refusal>> => {
  const own = record?.state.own;
  if (!own) return refuse({ kind: 'not-found', what: 'page' });
  const results =
    typeof bundle === 'string' ? ok(bundle) : await broughtResults(deps, { roundId: round.id, ...bundle });
  if (!results.ok) return results;
  const files = { packet, bundle: results.value };
  const list = OpenPosts.parse(JSON.parse(await deps.records.blob(own.statement)));
  // Loaded with a packet: checking results and opening seals weigh more than most pages.
  const { readArrival } = await import('#shared/elsewhere/arrival.ts');
  const { privateKeyFrom } = await import('#shared/elsewhere/sealed.ts');
  const secret = await deps.records.secret(sealName(round.id), deps.chance.token(32));
  const arrived = await readArrival(files, {
    here: deps.region,
    list,
    sha256: own.statement,
    privateKey: privateKeyFrom(secret),
    pinned: (region) => record.state.keys.find((one) => one.region === region)?.key,
  });
  return arrived.ok ? arrived : refuse({ kind: 'invalid', faults: arrived.error });
};

type ArrivalCommand = CommitteeCommand & { arrival: number };

/** Lets the people of a packet count for the posts; another person than who brought it. `confirmed` is the number of people that somebody saw. */
export const confirmArrivals = (
  deps: Deps,
  command: ArrivalCommand & { confirmed: number },
): Promise<Result<void, Refusal>> =>
  answered(deps, command, ({ record, by, now }) => decideConfirm(record, { ...command, by }, now));

/** Sends a packet back before it counts. */
export const refuseArrivals = (deps: Deps, command: ArrivalCommand): Promise<Result<void, Refusal>> =>
  answered(deps, command, ({ record, by, now }) => decideRefuse(record, { ...command, by }, now));

type Answering = {
  record: NonNullable<ElsewherePlace['record']>['state'];
  by: ElsewherePlace['work']['by']['id'];
  now: ReturnType<Deps['clock']['now']>;
};

const answered = (
  deps: Deps,
  command: ArrivalCommand,
  decide: (on: Answering) => ReturnType<typeof decideConfirm>,
): Promise<Result<void, Refusal>> =>
  decideAgain(async (): Attempt<void> => {
    const found = await elsewherePlace(deps, command, 'elsewhere.receive');
    if (!found.ok) return found;
    const { work, record } = found.value;
    if (!record || !arrivalOf(record.state, command.arrival))
      return refuse({ kind: 'not-found', what: 'page' });
    const events = decide({ record: record.state, by: work.by.id, now: deps.clock.now() });
    return events.ok ? await keepElsewhere(deps, found.value, { events: events.value }) : events;
  });
