import { type CandidacyCommand, candidacyPlace } from '#functions/commands/candidacies.ts';
import { commentsOf, draftOf } from '#functions/commands/card-texts.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { discussedIn } from '#functions/commands/discussed.ts';
import { ratersOf } from '#functions/commands/rater-coding.ts';
import { reasonText } from '#functions/commands/reasons.ts';
import { admittedIn } from '#functions/commands/score-reach.ts';
import type { Workplace } from '#functions/commands/workplace.ts';
import { changedAfterCards, changeOf } from '#shared/domain/after-cards.ts';
import { isAfter } from '#shared/domain/after-discussion.ts';
import { CandidacyEvent, type Score } from '#shared/domain/candidacy.ts';
import { commentKinds, type FilledCard, filledOf } from '#shared/domain/card.ts';
import type { CardDraft } from '#shared/domain/card-draft.ts';
import type { ApplicationNumber, PersonId } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import type { RoundFile } from '#shared/domain/round-file.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Refusal } from '#shared/errors.ts';
import type { Records } from '#shared/ports/records.ts';
import { ok, type Result } from '#shared/result.ts';

/** One saving of a card. */
export type CardVersion = {
  at: Instant;
  isDraft: boolean;
  /** It was given after the application began to be discussed. */
  after?: true;
  /** It was given when its giver could read colleagues' cards. */
  afterCards?: true;
  /** Percent; a draft has none. */
  total?: number;
  counts: boolean;
  /** Without texts once they are erased; undefined where that leaves nothing. */
  card: FilledCard | undefined;
  /** What is not as it was in the version before: codes of criteria, and the comments. */
  changed: { criteria: string[]; comments: (typeof commentKinds)[number][] };
};

/** Everything that one person saved of one application, in the order of time. */
export type CardHistory = {
  part: 'scoring' | 'interviews';
  /** Of an interview that has several. */
  station?: string;
  /** The code of a colleague; undefined for the reader. */
  rater: string | undefined;
  versions: CardVersion[];
  /** Why it was handed back, where it was. */
  declined?: { at: Instant; reason: string };
};

export type CardsView = {
  round: Round;
  file: RoundFile;
  number: ApplicationNumber;
  histories: CardHistory[];
};

/**
 * Every version of the cards of one application. Who judges reads the own ones, drafts too; the secretary those that were given, by the
 * code of their rater; chair and auditor the same once their stage is over, when nobody could be swayed any more.
 */
export const cardHistory = async (
  { records, clock, chance }: Pick<CommandDeps, 'records' | 'clock' | 'chance'>,
  command: CandidacyCommand,
): Promise<Result<CardsView, Refusal>> => {
  const found = await candidacyPlace({ records, clock }, command, 'scoring.read');
  if (!found.ok) return found;
  const { place, candidacy } = found.value;
  const { state: round } = place.round;
  const events = (await records.history('candidacy', command.applicationId)).map(({ fact }) =>
    CandidacyEvent.parse(fact),
  );
  const { codes } = await ratersOf({ records, chance }, place, await admittedIn(records, round));
  const saved = events.flatMap(savedIn).filter((one) => isShown(one, place));
  const since = {
    scoring: await discussedIn(records, round, 'scoring'),
    interviews: await discussedIn(records, round, 'interviews'),
  };
  const changed = {
    scoring: changedAfterCards(events, 'score-given'),
    interviews: changedAfterCards(events, 'scorecard-given'),
  };
  const marksOf = ({ part, score }: GivenCard): Marks => ({
    ...(isAfter(since[part], command.applicationId, score) && { after: true as const }),
    ...(changeOf(changed[part], score) && { afterCards: true as const }),
  });
  const groups = Map.groupBy(saved, ({ part, raterId, station = '' }) => `${part} ${raterId} ${station}`);
  const histories = await Promise.all(
    [...groups.values()].flatMap(([first, ...rest]) =>
      first ? [historyOf(records, [first, ...rest], { by: place.by.id, codes, marksOf })] : [],
    ),
  );
  return ok({
    round,
    file: place.file,
    number: candidacy.state.number,
    histories: histories.toSorted(byRater),
  });
};

/** The own first, then by code. */
const byRater = (a: CardHistory, b: CardHistory): number => orderOf(a) - orderOf(b);

const orderOf = ({ rater, part }: CardHistory): number =>
  (part === 'scoring' ? 0 : 10_000) + Number(rater?.slice(1) ?? 0);

type Saved = {
  at: Instant;
  raterId: PersonId;
  part: CardHistory['part'];
  station?: string | undefined;
} & (
  | { kind: 'draft'; draft: CardDraft }
  | { kind: 'given'; score: Score }
  | { kind: 'declined'; event: Extract<CandidacyEvent, { type: 'rater-declined' }> }
);

const savedIn = (event: CandidacyEvent): Saved[] => {
  const { at } = event;
  switch (event.type) {
    case 'score-drafted':
    case 'scorecard-drafted': {
      const { draft } = event;
      const { raterId, station } = draft;
      return [{ at, raterId, station, part: partOf(event.type), kind: 'draft', draft }];
    }
    case 'score-given':
    case 'scorecard-given': {
      const { score } = event;
      const { raterId, station } = score;
      return [{ at, raterId, station, part: partOf(event.type), kind: 'given', score }];
    }
    case 'rater-declined':
      return [{ at, raterId: event.rater, part: 'scoring', kind: 'declined', event }];
    default:
      return [];
  }
};

const partOf = (type: string): CardHistory['part'] =>
  type.startsWith('scorecard-') ? 'interviews' : 'scoring';

const isShown = ({ raterId, kind, part }: Saved, { by, round }: Workplace): boolean => {
  if (raterId === by.id) return true;
  if (kind === 'draft') return false;
  const isOver = round.state.stage !== part;
  return by.role === 'secretary' || (isOver && (by.role === 'chair' || by.role === 'auditor'));
};

const historyOf = async (
  records: Pick<Records, 'document'>,
  saved: readonly [Saved, ...Saved[]],
  {
    by,
    codes,
    marksOf,
  }: { by: PersonId; codes: ReadonlyMap<PersonId, string>; marksOf: (one: GivenCard) => Marks },
): Promise<CardHistory> => {
  const [{ part, raterId, station }] = saved;
  const versions: CardVersion[] = [];
  let declined: CardHistory['declined'];
  for (const one of saved) {
    if (one.kind === 'declined') {
      declined = { at: one.at, reason: (await reasonText(records, one.event.reason)) ?? '' };
    } else {
      const card = await cardIn(records, one);
      const changed = changesIn(versions.at(-1)?.card, card);
      const marks = one.kind === 'given' && marksOf(one);
      versions.push({ at: one.at, ...countedIn(one), ...marks, card, changed });
    }
  }
  return {
    part,
    ...(station !== undefined && { station }),
    rater: raterId === by ? undefined : (codes.get(raterId) ?? '–'),
    versions,
    ...(declined && { declined }),
  };
};

type SavedCard = Exclude<Saved, { kind: 'declined' }>;
type GivenCard = Extract<Saved, { kind: 'given' }>;
type Marks = Pick<CardVersion, 'after' | 'afterCards'>;

const countedIn = (saved: SavedCard): Pick<CardVersion, 'isDraft' | 'counts' | 'total'> =>
  saved.kind === 'draft'
    ? { isDraft: true, counts: false }
    : { isDraft: false, counts: saved.score.counts !== false, total: saved.score.total };

const cardIn = async (
  records: Pick<Records, 'document'>,
  saved: SavedCard,
): Promise<FilledCard | undefined> =>
  saved.kind === 'draft'
    ? await draftOf(records, saved.draft)
    : filledOf(saved.score, await commentsOf(records, saved.score));

const changesIn = (before: FilledCard | undefined, after: FilledCard | undefined): CardVersion['changed'] => {
  const codes = new Set([before, after].flatMap((card) => (card ? codesIn(card) : [])));
  return {
    criteria: [...codes].filter((code) => judgementOf(before, code) !== judgementOf(after, code)),
    comments: commentKinds.filter((kind) => (before?.comments[kind] ?? '') !== (after?.comments[kind] ?? '')),
  };
};

const codesIn = ({ points, abstained }: FilledCard): string[] => [...Object.keys(points), ...abstained];

const judgementOf = (card: FilledCard | undefined, code: string): number | string | undefined =>
  card?.abstained.includes(code) ? 'abstained' : card?.points[code];
