import { type ApplicationCommand, openApplication } from '#functions/commands/application-reading.ts';
import { actorOf, type CommandDeps } from '#functions/commands/deps.ts';
import { goesOn } from '#functions/commands/offer-board.ts';
import { openPostsOf } from '#functions/commands/pinned.ts';
import { changed, decideAgain, type LostRace, store } from '#functions/commands/storing.ts';
import type { Application } from '#shared/domain/application.ts';
import { type Candidacy, type CandidacyEvent } from '#shared/domain/candidacy.ts';
import { candidacyAggregate } from '#shared/domain/candidacy-record.ts';
import { type BroughtList, type Elsewhere, elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import {
  choicesAt,
  joinElsewhere as decideJoin,
  leaveElsewhere as decideLeave,
  rankElsewhere as decideRank,
  type ElsewhereChoices,
} from '#shared/domain/elsewhere-choices.ts';
import { listOf } from '#shared/domain/elsewhere-decisions.ts';
import type { Versioned } from '#shared/domain/event.ts';
import { isUnplaced } from '#shared/domain/exchange.ts';
import type { ApplicationId, VacancyCode } from '#shared/domain/ids.ts';
import { isAcceptable } from '#shared/domain/offer-wave.ts';
import type { OutboxMessage } from '#shared/domain/outbox.ts';
import { permit } from '#shared/domain/permission.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import { isFinal } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import type { OpenPosts } from '#shared/elsewhere/open-posts.ts';
import type { Refusal } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

type Deps = Pick<CommandDeps, 'records' | 'clock' | 'nudge'>;
type Answer = Promise<Result<void, Refusal>>;

export type ElsewhereCommand = ApplicationCommand & { list: number };

export type OwnElsewhere = {
  application: Application;
  round: Versioned<Round>;
  file: RoundFile;
  rule: NonNullable<RoundFile['elsewhere']>;
  elsewhere: Versioned<Elsewhere>;
  candidacy: Versioned<Candidacy>;
  list: BroughtList;
  /** The list as its region signed it. */
  posts: OpenPosts;
  /** Absent for who did not agree. */
  own?: ElsewhereChoices;
  /** What came of it where nothing is handed over. */
  notHanded?: NonNullable<ElsewhereChoices['notHanded']>;
  /** Since when the person is being handed over; absent for everyone who is not. */
  handingAt?: Instant;
  isUnplaced: boolean;
  /** Whether anything may still be agreed to or chosen. */
  isOpen: boolean;
  /** Those of the list that would take the person. */
  choosable: readonly Vacancy[];
  chosen: readonly Vacancy[];
};

/** Posts of another region for somebody with a final result. Where no such list counts, the person is told that there is no such page; who agreed before it was stopped reads that it was. */
export const ownElsewhere = async (
  deps: Pick<CommandDeps, 'records' | 'clock'>,
  command: ElsewhereCommand,
): Promise<Result<OwnElsewhere, Refusal>> => {
  const opened = await openApplication(deps, command);
  if (!opened.ok) return opened;
  const { found, round, file } = opened.value;
  const [elsewhere, candidacy] = await Promise.all([
    deps.records.find(elsewhereAggregate, round.id),
    deps.records.find(candidacyAggregate, found.id),
  ]);
  const list = elsewhere && listOf(elsewhere.state, command.list);
  const rule = file.elsewhere;
  if (!rule || !elsewhere || !list || !candidacy || !isFinal(round.state)) return noPage;
  const ended = notHandedOf(candidacy.state, list);
  if (!isFor(list, ended) || !(await goesOn(deps.records, round.state, found.state.id))) return noPage;
  const posts = await openPostsOf(deps.records, list.file);
  const own = choicesAt(candidacy.state, list.sha256);
  return ok({
    application: found.state,
    round,
    file,
    rule,
    elsewhere,
    candidacy,
    list,
    posts,
    ...(own && { own }),
    ...ended,
    ...handingOf(list, found.state),
    isUnplaced: isUnplaced(candidacy.state),
    isOpen: isOpenAt(list, round.state, deps.clock.now()),
    choosable: posts.posts.filter((post) => isAcceptable(candidacy.state, post)),
    chosen: (own?.choices ?? []).flatMap((code) => posts.posts.find((post) => post.code === code) ?? []),
  });
};

/** Who agreed before a list was stopped still reads that it was; for everybody else there is only one that counts. */
const isFor = ({ status }: BroughtList, { notHanded }: Pick<OwnElsewhere, 'notHanded'>): boolean =>
  status === 'confirmed' || (status === 'stopped' && notHanded !== undefined);

const isOpenAt = ({ status, choosingUntil }: BroughtList, { stage }: Round, now: Instant): boolean =>
  status === 'confirmed' && permit('elsewhere.choose', 'applicant', stage).ok && now < choosingUntil;

/** A list that was stopped and is shown anew asks anew. */
const notHandedOf = (
  { elsewhere = [] }: Candidacy,
  { sha256, status }: BroughtList,
): Pick<OwnElsewhere, 'notHanded'> => {
  const notHanded = elsewhere.find(({ list }) => list === sha256)?.notHanded;
  const isOfThis = status === 'stopped' || notHanded?.why !== 'stopped';
  return notHanded && isOfThis ? { notHanded } : {};
};

const handingOf = (
  { handing }: BroughtList,
  { number }: Pick<Application, 'number'>,
): Pick<OwnElsewhere, 'handingAt'> => (handing?.numbers.includes(number) ? { handingAt: handing.at } : {});

const noPage = refuse({ kind: 'not-found', what: 'page' } as const);

/** The lists that an own application is asked about, for the links to them. */
export const elsewhereLists = async (
  { records }: Pick<CommandDeps, 'records'>,
  { id, round, file }: { id: ApplicationId; round: Round; file: RoundFile },
): Promise<readonly BroughtList[]> => {
  if (!file.elsewhere || !isFinal(round) || !(await goesOn(records, round, id))) return [];
  const lists = (await records.find(elsewhereAggregate, round.id))?.state.lists ?? [];
  return lists.filter(({ status }) => status === 'confirmed');
};

/** Agrees that what the consent names may be handed to the region of the list; kept with a letter. */
export const joinElsewhere = (deps: Deps, command: ElsewhereCommand): Answer =>
  choosing(deps, command, (place, now) => ({
    decision: decideJoin(place.candidacy.state, atList(place), now),
    letter: 'elsewhere-joined',
  }));

/** Ranks posts of the list, best first, from the order that the page showed. */
export const rankElsewhere = (
  deps: Deps,
  command: ElsewhereCommand & { choices: readonly VacancyCode[]; basedOn: readonly VacancyCode[] },
): Answer =>
  choosing(deps, command, (place, now) => {
    const posts = new Set(place.choosable.map(({ code }) => code));
    const wanted = { ...command, posts, limit: place.rule.limit };
    return { decision: decideRank(place.candidacy.state, wanted, atList(place), now) };
  });

/** Takes the consent back, with what was chosen; kept with a letter. */
export const leaveElsewhere = (deps: Deps, command: ElsewhereCommand): Answer =>
  choosing(deps, command, ({ candidacy, list, handingAt }, now) => ({
    decision: decideLeave(candidacy.state, { list: list.sha256, handedAt: handingAt }, now),
    letter: 'elsewhere-left',
  }));

const atList = ({ list, file }: OwnElsewhere) => ({
  list: list.sha256,
  region: list.region,
  choosingUntil: list.choosingUntil,
  zone: file.timeZone,
});

type Letter = 'elsewhere-joined' | 'elsewhere-left';
type Deciding = { decision: Result<CandidacyEvent[], Refusal>; letter?: Letter };

/** Decides on the own candidacy while the round and what crossed stand as they were read. */
const choosing = (
  deps: Deps,
  command: ElsewhereCommand,
  decide: (place: OwnElsewhere, now: Instant) => Deciding,
): Answer =>
  decideAgain(async (): Promise<Result<void, Refusal | LostRace>> => {
    const found = await ownElsewhere(deps, command);
    if (!found.ok) return found;
    const { application, round, elsewhere, candidacy, list } = found.value;
    const permitted = permit('elsewhere.choose', 'applicant', round.state.stage);
    if (!permitted.ok) return permitted;
    if (list.status !== 'confirmed') return noPage;
    const now = deps.clock.now();
    const { decision, letter } = decide(found.value, now);
    if (!decision.ok) return decision;
    if (decision.value.length === 0) return ok(undefined);
    const { change, after } = changed(candidacyAggregate, candidacy.id, candidacy, decision.value);
    return await store(deps, {
      by: actorOf(command.by),
      changes: [change],
      requires: [
        { aggregate: 'round', id: round.id, version: round.version },
        { aggregate: 'elsewhere', id: elsewhere.id, version: elsewhere.version },
      ],
      outbox: letter
        ? [letterTo({ application, round: round.state, list }, { letter, version: after.version, now })]
        : [],
    });
  });

const letterTo = (
  { application, round, list }: { application: Application; round: Round; list: BroughtList },
  { letter, version, now }: { letter: Letter; version: number; now: Instant },
): OutboxMessage => {
  const { personId, number } = application;
  const { intake, timeZone: zone } = round.plan;
  const until = letter === 'elsewhere-joined' && { until: list.choosingUntil };
  const facts = { roundId: round.id, intake, zone, number, other: list.region, at: now, ...until };
  // Agreed and taken back may follow one another: each time is a letter of its own.
  const id = `${letter}#${round.id}#${personId}#${version}`;
  return { id, at: now, body: { kind: 'letter', template: letter, personId, facts } };
};
