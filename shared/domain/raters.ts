import { assign, assignPart } from '#shared/assignment/assign.ts';
import type { Candidacy, CandidacyEvent } from '#shared/domain/candidacy.ts';
import type { Subject, TeachingLanguage } from '#shared/domain/codes.ts';
import type { Competence } from '#shared/domain/competence.ts';
import type { GuestItems } from '#shared/domain/guest.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import type { ApplicationId, PersonId, RoundId, Sha256 } from '#shared/domain/ids.ts';
import { instanceOf, lacksKnower } from '#shared/domain/rater-instance.ts';
import type { AssignmentRule } from '#shared/domain/rater-rule.ts';
import { scoreBy } from '#shared/domain/scoring.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { Fault } from '#shared/errors.ts';

/** An application that needs raters, those it has already, and how many it wants in all. */
export type Rated = {
  applicationId: ApplicationId;
  raters: readonly PersonId[];
  /** Of its raters those who have saved something. */
  begun?: readonly PersonId[];
  /** Who is not asked again: handed it back, or gave a card that was taken away, after which the others' could be read. */
  notAgain?: readonly PersonId[] | undefined;
  wanted: number;
  /** Of the post that it names first; absent where that teaches in several, or where it names none. */
  language?: TeachingLanguage | undefined;
  subject?: Subject | undefined;
};

export type GuestRater = { personId: PersonId; items: GuestItems };

export type RaterPlan = {
  /** Everyone of the own panel who may be asked. */
  members: readonly PersonId[];
  inConflict: (member: PersonId, application: ApplicationId) => boolean;
  /**
   * Raters of other regions, who link this panel with others. They come before members where raters are still wanted, else beside them:
   * as many applications as they agreed to, each first what no guest has (ANCHORS 5.5).
   */
  guests: readonly GuestRater[];
  /** Everybody who is or was a guest. */
  visited?: ReadonlySet<PersonId>;
  /** What the round file says beside equal loads. */
  rule?: AssignmentRule;
  /** What members and guests said that they can score. */
  competences?: ReadonlyMap<PersonId, Competence>;
  /** Applications that everybody of the own panel scores who may. */
  anchors?: ReadonlySet<ApplicationId>;
  /** What members have not begun may go to somebody else, where as many places cannot be filled otherwise. */
  mayMove?: boolean;
  /** Applications of which nothing moves all the same. */
  staying?: ReadonlySet<ApplicationId>;
  /** Everybody gets their applications at once, so that least loads can be kept. Later nobody's work is taken away for them. */
  isFirst?: boolean;
  /** From which everything that is equal is decided, so that the same record gives the same raters. */
  seed: Sha256;
};

export type RaterOutcome = {
  /** New raters for each application that gets any. */
  added: ReadonlyMap<ApplicationId, PersonId[]>;
  /** From whom an application is moved that they have not begun; nobody, but where the plan allows it. */
  moved: ReadonlyMap<ApplicationId, PersonId[]>;
  /** Applications for which too few raters are left who may be asked. */
  short: ApplicationId[];
};

/** The seed of a round's raters: nobody knew it before the committee decided on the screening. */
export const raterSeed = (roundId: RoundId, screeningDecision: Sha256): Sha256 =>
  sha256Of(`${roundId}${screeningDecision}`);

/**
 * Finds raters for all places that are open, by the cheapest flow (`shared/assignment`): nobody in conflict, nobody above the greatest load, all
 * reading the language and one knowing the subject where the round file asks for it; loads as even as can be, and what is equal by the seed.
 * Raters who are there already stay and count as their work, so no more is handed over than is open. Where not every place can be filled, as
 * many are as can be; and where the plan allows it, ratings that members have not begun move to others, as few as can be, if more are filled by it.
 * An application that gives a rater up gets another one.
 */
export const findRaters = (all: readonly Rated[], plan: RaterPlan): RaterOutcome => {
  const first = foundBy(all, { ...plan, mayMove: false });
  if (!plan.mayMove || first.open === 0) return first;
  return movedWhole(all, plan, first.open) ?? first;
};

type Found = RaterOutcome & { open: number };

/**
 * Solved once: ten thousand applications take seconds, and somebody waits. Nobody is moved from an application without another in their place.
 * Where none of an application's raters knows its subject they stay: once one of them may go, the flow would leave their place open for somebody
 * who knows it, whether anybody has room or not.
 * @param open places that stay open without moving
 * @returns undefined where moving fills no more
 */
const movedWhole = (all: readonly Rated[], plan: RaterPlan, open: number): Found | undefined => {
  const staying = new Set(all.filter(lacksKnower(plan)).map(({ applicationId }) => applicationId));
  const found = foundBy(all, { ...plan, staying });
  const isWhole = [...found.moved].every(([id, off]) => off.length <= (found.added.get(id)?.length ?? 0));
  return isWhole && found.open < open ? found : undefined;
};

const foundBy = (all: readonly Rated[], plan: RaterPlan): Found => {
  const instance = instanceOf(all, plan);
  if (all.length === 0 || instance.raters.length === 0) {
    const short = wanting(all);
    return { added: new Map(), moved: new Map(), short, open: short.length };
  }
  const part = assignPart(instance);
  if (!part.ok) throw new Error(`Raters cannot be assigned: ${JSON.stringify(part.error)}`);
  const { assignments, open } = part.value;
  const given = new Map(assignments.map(({ application, raters }) => [application, raters]));
  const isOpen = new Set(open.map(({ application }) => application));
  const known = new Map<string, PersonId>();
  for (const id of plan.members) known.set(id, id);
  for (const { personId } of plan.guests) known.set(personId, personId);
  const added = new Map<ApplicationId, PersonId[]>();
  const moved = new Map<ApplicationId, PersonId[]>();
  for (const { applicationId, raters } of all) {
    const asked = (given.get(applicationId) ?? []).flatMap((id) => known.get(id) ?? []);
    const more = asked.filter((id) => !raters.includes(id));
    const off = plan.mayMove ? raters.filter((id) => known.has(id) && !asked.includes(id)) : [];
    if (more.length > 0) added.set(applicationId, more);
    if (off.length > 0) moved.set(applicationId, off);
  }
  return {
    added,
    moved,
    short: all.flatMap(({ applicationId }) => (isOpen.has(applicationId) ? [applicationId] : [])),
    open: open.reduce((sum, { ratings }) => sum + ratings, 0),
  };
};

/**
 * What keeps places open, or a promise of the round file from being kept, as the sandbox says it: ids in the place of names. Nothing where
 * all can be kept.
 */
export const bindingFaults = (all: readonly Rated[], plan: RaterPlan): Fault[] => {
  const instance = instanceOf(all, plan);
  if (all.length === 0) return [];
  if (instance.raters.length > 0) {
    const assigned = assign(instance);
    return assigned.ok ? [] : assigned.error;
  }
  const needed = all.reduce((sum, { wanted }) => sum + wanted, 0);
  return needed === 0 ? [] : [{ place: '', message: 'assignment.capacity', facts: { needed, available: 0 } }];
};

/** Whether somebody may be asked for an application now. */
export const mayBeAsked = (
  { members, guests, inConflict }: Pick<RaterPlan, 'members' | 'guests' | 'inConflict'>,
  rater: PersonId,
  application: ApplicationId,
): boolean => {
  const sits = members.includes(rater) || guests.some(({ personId }) => personId === rater);
  return sits && !inConflict(rater, application);
};

const wanting = (all: readonly Rated[]): ApplicationId[] =>
  all.flatMap(({ applicationId, raters, wanted }) => (wanted > raters.length ? [applicationId] : []));

/** Raters of an application who cannot give the score that they owe. */
export const unableRaters = (candidacy: Candidacy, able: (rater: PersonId) => boolean): PersonId[] =>
  candidacy.raters.filter((rater) => !able(rater) && !scoreBy(candidacy, rater));

/**
 * Moves what nobody has begun from these raters to those: an application keeps as many as it had.
 * @throws when there are fewer to move it to
 */
export const moveOver = (off: readonly PersonId[], on: readonly PersonId[], now: Instant): CandidacyEvent[] =>
  off.map((rater, index): CandidacyEvent => {
    const by = on[index];
    if (!by) throw new Error('A rating moves to nobody.');
    return { type: 'rater-replaced', at: now, rater, by, moved: true };
  });

/**
 * Takes raters off an application and puts others in their place, as far as there are any; further ones fill up what was
 * open before.
 */
export const handOver = (
  { raters }: Candidacy,
  { off, on }: { off: readonly PersonId[]; on: readonly PersonId[] },
  now: Instant,
): CandidacyEvent[] => {
  const replaced = off.map((rater, index): CandidacyEvent => {
    const by = on[index];
    return { type: 'rater-replaced', at: now, rater, ...(by && { by }) };
  });
  const further = on.slice(off.length);
  if (further.length === 0) return replaced;
  const kept = raters.filter((rater) => !off.includes(rater));
  return [...replaced, { type: 'raters-assigned', at: now, raters: [...kept, ...on] }];
};
