import type { Candidacy } from '#shared/domain/candidacy.ts';
import type { BroughtList } from '#shared/domain/elsewhere.ts';
import type { ElsewhereChoices } from '#shared/domain/elsewhere-choices.ts';
import { isUnplaced, type SecondChoices } from '#shared/domain/exchange.ts';
import type { ApplicationNumber } from '#shared/domain/ids.ts';
import type { Round } from '#shared/domain/round.ts';
import { isFinal } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import type { TimelineStep } from '#shared/domain/timeline-step.ts';

/** What somebody who goes on in the final results is asked besides the offers. */
export type SecondChanceOf = {
  /** Whether the round file has a second chance at all. */
  exchange: boolean;
  /** Lists of other regions that count. */
  lists: readonly BroughtList[];
};

type Of = {
  round: Round;
  candidacy?: Candidacy | undefined;
  secondChance?: SecondChanceOf | undefined;
};

/** The second chance in the own region and in others: what is asked by when, what was agreed to, and what came of it. */
export const secondChanceSteps = ({ round, candidacy, secondChance }: Of, now: Instant): TimelineStep[] => {
  if (!candidacy || !secondChance || !isFinal(round)) return [];
  const own = secondChance.exchange ? exchangeSteps(round, candidacy, now) : [];
  return [
    ...own,
    ...secondChance.lists.flatMap((list) =>
      elsewhereSteps(list, candidacy, now).map((step) =>
        Object.assign({}, step, { list: list.number, region: list.region }),
      ),
    ),
  ];
};

const exchangeSteps = (round: Round, candidacy: Candidacy, now: Instant): TimelineStep[] => {
  const exchange = isFinal(round) ? round.exchange : undefined;
  if (!exchange) return [];
  const { until: at, ran } = exchange;
  const isOpen = round.stage === 'offers' && !ran && now < at;
  const own = candidacy.exchange;
  if (!own) return isOpen && isUnplaced(candidacy) ? [{ what: 'exchange-open', done: false, at }] : [];
  const joined = { what: 'exchange-joined', done: true, at: own.agreedAt } as const;
  if (isOpen) return [joined, { what: chosen(own) ? 'exchange-change' : 'exchange-choose', done: false, at }];
  if (!chosen(own)) return [joined];
  return [
    joined,
    ran ? { what: 'exchange-ran', done: true, at: ran.at } : { what: 'exchange-awaited', done: false },
  ];
};

const chosen = ({ choices }: Pick<SecondChoices, 'choices'>): boolean => choices.length > 0;

const elsewhereSteps = (list: BroughtList, candidacy: Candidacy, now: Instant): TimelineStep[] => {
  const { choosingUntil: at } = list;
  const said = candidacy.elsewhere?.find(({ list: of }) => of === list.sha256);
  // What ended when the list was stopped is over: shown anew, it asks anew.
  const own = said?.notHanded?.why === 'stopped' ? undefined : said;
  const isOpen = now < at;
  if (!own) return isOpen && isUnplaced(candidacy) ? [{ what: 'elsewhere-open', done: false, at }] : [];
  const joined = { what: 'elsewhere-joined', done: true, at: own.agreedAt } as const;
  if (isOpen && !own.handedAt) {
    return [joined, { what: chosen(own) ? 'elsewhere-change' : 'elsewhere-choose', done: false, at }];
  }
  return [joined, ...handingSteps(list, { own, number: candidacy.number }, now)];
};

/** Once nothing can be chosen any more: on the way, with the other region, or not handed over after all. */
const handingSteps = (
  { handing, handingUntil, keptUntil }: BroughtList,
  { own, number }: { own: ElsewhereChoices; number: ApplicationNumber },
  now: Instant,
): TimelineStep[] => {
  if (own.handedAt) {
    const handed = { what: 'elsewhere-handed', done: true, at: own.handedAt } as const;
    if (own.outcome) {
      const { kind, at } = own.outcome;
      return [handed, { what: `elsewhere-${kind}`, done: true, at }, ...answerSteps(own)];
    }
    const said = answerSteps(own);
    const isOpen = said.length === 0 && now < keptUntil;
    return isOpen ? [handed, { what: 'elsewhere-answer', done: false, at: keptUntil }] : [handed, ...said];
  }
  if (!chosen(own)) return [];
  if (own.notHanded) return [{ what: 'elsewhere-not-handed', done: true, at: own.notHanded.at }];
  const isOnItsWay = handing ? handing.numbers.includes(number) : now < handingUntil;
  return isOnItsWay
    ? [{ what: 'elsewhere-awaited', done: false, at: handingUntil }]
    : [{ what: 'elsewhere-not-handed', done: true, at: handing?.at ?? handingUntil }];
};

/** What the other region stated of the answer to its post, and that the round here is over for the person because of it. */
const answerSteps = ({ answer, goneAt }: ElsewhereChoices): TimelineStep[] => [
  ...(answer ? [{ what: `elsewhere-${answer.kind}`, done: true, at: answer.at } as const] : []),
  ...(goneAt ? [{ what: 'elsewhere-gone', done: true, at: goneAt } as const] : []),
];
