import { type ClosedItem, decidersIn } from '#functions/commands/closed-items.ts';
import { hindranceOf, letterTo, maxRequestText, typedText } from '#functions/commands/data-requests.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { everyOf } from '#functions/commands/every.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { closedBy, keptFrom, requestWalls } from '#functions/commands/request-walls.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Person } from '#functions/commands/workplace.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import {
  answeredDataRequests,
  answerRequest,
  type DataRequest,
  dataRequestAggregate,
  type Outcome,
  onlyDataRequest,
  openDataRequests,
} from '#shared/domain/data-request.ts';
import type { Versioned } from '#shared/domain/event.ts';
import type { ApplicationNumber, DataRequestId } from '#shared/domain/ids.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { noStaff, staffAggregate, staffId } from '#shared/domain/staff.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Reads = Pick<CommandDeps, 'records'>;

/** As staff see it in the list: of whom, they know by the number of an application at most. */
export type ListedRequest = { request: DataRequest; number: ApplicationNumber | undefined };

export type RequestList = { open: ListedRequest[]; answered: ListedRequest[] };

/** What is to be answered, first what is due first, and what was answered lately. */
export const dataRequestList = async ({ records }: Reads): Promise<RequestList> => {
  const open = await everyOf(records, dataRequestAggregate, openDataRequests);
  const answered = await records.list(dataRequestAggregate, 'list', answeredDataRequests, {
    limit: 50,
    newestFirst: true,
  });
  const listed = ({ state: request }: Versioned<DataRequest>): Promise<ListedRequest> =>
    numberOf({ records }, request).then((number) => ({ request, number }));
  return {
    open: await Promise.all(open.filter(({ state }) => !state.answered).map(listed)),
    answered: await Promise.all(answered.items.map(listed)),
  };
};

/** `closed`: in the place of those to be answered that are closed to the reader. */
export type SeenRequests = RequestList & { closed: ClosedItem[] };

/** The same for one reader: of people who are closed to them nothing but who may answer instead. */
export const requestsSeenBy = async (
  { records }: Reads,
  { id: reader }: Pick<Person, 'id'>,
): Promise<SeenRequests> => {
  const { open, answered } = await dataRequestList({ records });
  const staff = (await records.find(staffAggregate, staffId))?.state ?? noStaff;
  const deciders = decidersIn(staff, undefined, 'data-request.answer');
  const wallsOf = requestWalls(records);
  const seen: SeenRequests = { open: [], closed: [], answered: [] };
  for (const line of open) {
    const walls = await wallsOf(line.request);
    const others = deciders.filter(({ personId: id }) => id !== reader && !closedBy(walls, id));
    const walled = closedBy(walls, reader);
    if (walled) seen.closed.push({ walled, others });
    else seen.open.push(line);
  }
  for (const line of answered) if (!closedBy(await wallsOf(line.request), reader)) seen.answered.push(line);
  return seen;
};

export type RequestView = ListedRequest & { text: string | undefined; answer: string | undefined };

/** One request with what was typed. The reading is logged before it is answered (law 94-V, art. 22). */
export const readDataRequest = async (
  deps: Pick<CommandDeps, 'records' | 'readLog' | 'clock'>,
  { by, id }: { by: Person; id: DataRequestId },
): Promise<Result<RequestView, Refusal>> => {
  const found = await deps.records.find(dataRequestAggregate, id);
  if (!found) return notFound;
  const { state: request } = found;
  const kept = keptFrom(await requestWalls(deps.records)(request), by.id);
  if (kept) return refuse(kept);
  const read = { reader: by, owner: `data-request#${id}`, what: 'data-request' } as const;
  await deps.readLog.add({ ...read, at: deps.clock.now() });
  return ok({
    request,
    number: await numberOf(deps, request),
    text: await reasonText(deps.records, request.text),
    answer: await reasonText(deps.records, request.answered?.text),
  });
};

/** How long the last letter has before the mailbox is erased. */
const lastLetterSeconds = 3600;

/** The same of a letter on paper: until the end of the day by which the law wants the erasure, so that the desk can hand it over. */
const erasureOf = ({ assisted, dueAt }: DataRequest, now: Instant): Instant => {
  const soonest = addSeconds(now, lastLetterSeconds);
  return assisted && dueAt > soonest ? dueAt : soonest;
};

/**
 * Answers a request and tells the person by letter. What is done about an erasure begins an hour later, so that the letter
 * about it still finds its mailbox.
 */
export const answerDataRequest = (
  deps: Pick<CommandDeps, 'records' | 'clock' | 'chance' | 'nudge'>,
  command: { by: Person; id: DataRequestId; outcome: Outcome; text: string },
): Promise<Result<Versioned<DataRequest>, Refusal>> =>
  decideAgain(async (): Promise<Result<Versioned<DataRequest>, Refusal | LostRace>> => {
    const found = await deps.records.find(dataRequestAggregate, command.id);
    if (!found) return notFound;
    const committees = await requestWalls(deps.records)(found.state);
    const kept = keptFrom(committees, command.by.id);
    if (kept) return refuse(kept);
    const now = deps.clock.now();
    const text = command.text.trim();
    if (text.length > maxRequestText) {
      const fault = { place: 'text', message: 'problems.reason-long', facts: { maximum: maxRequestText } };
      return refuse({ kind: 'invalid', faults: [fault] });
    }
    const document = text === '' ? undefined : typedText(deps, found.state.id, text, 2);
    const given = { outcome: command.outcome, text: document?.ref };
    const decision = answerRequest(found.state, given, now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(found);
    const erases = found.state.kind === 'erasure' && command.outcome === 'done';
    const hindrance = erases ? await hindranceOf(deps, found.state.personId) : undefined;
    if (hindrance) return refuse(hindrance);
    const { change, after } = changed(dataRequestAggregate, found.id, found, decision.value);
    const stored = await store(deps, {
      by: command.by,
      changes: [change],
      requires: committees.map(({ committee: { id, version } }) => ({ aggregate: 'committee', id, version })),
      releases: [{ key: onlyDataRequest(found.state), value: found.id }],
      ...(document && { documents: [document] }),
      outbox: erases ? lastLetter(found.state, now) : [answerLetter(found.state, command.outcome, now)],
    });
    return stored.ok ? ok(after) : stored;
  });

const answerLetter = (
  { id, personId, filedAt }: DataRequest,
  outcome: Outcome,
  now: Instant,
): OutboxMessage => {
  const template = outcome === 'done' ? 'data-request-done' : 'data-request-refused';
  return letterTo(personId, { template, cause: id, now }, { filedAt });
};

const lastLetter = (request: DataRequest, now: Instant): OutboxMessage[] => {
  const { id, personId } = request;
  const erasedAt = erasureOf(request, now);
  return [
    letterTo(personId, { template: 'erasure-begun', cause: id, now }, { erasedAt }),
    {
      id: `erase#account#${id}`,
      at: erasedAt,
      body: { kind: 'erase', of: { kind: 'account', id: personId } },
    },
  ];
};

const numberOf = async (
  { records }: Reads,
  { applicationId }: DataRequest,
): Promise<ApplicationNumber | undefined> =>
  applicationId && (await records.find(applicationAggregate, applicationId))?.state.number;

const notFound = refuse({ kind: 'not-found', what: 'data-request' } as const);
