import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { composeResults, type GatheredPerson, type GatheredResults } from '#shared/bundle/compose.ts';
import type { OffersGathered } from '#shared/bundle/compose-offers.ts';
import { Bundle, type ResultReceipt, type Statement } from '#shared/bundle/format.ts';
import { receiptsOf } from '#shared/bundle/sealing.ts';
import { signatureOf, signedText } from '#shared/bundle/signature.ts';
import type { Candidacy, CandidacyEvent, Score } from '#shared/domain/candidacy.ts';
import { resultsOf } from '#shared/domain/final-results.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import { ApplicationId, ApplicationNumber, OfferId, RoundId } from '#shared/domain/ids.ts';
import { acceptedOffer, answerBy, makeOffer, openOffers } from '#shared/domain/offer.ts';
import { goOnBy } from '#shared/domain/offer-order.ts';
import { nextWave, type OfferPlan, seatsTaken } from '#shared/domain/offer-wave.ts';
import { meanOf } from '#shared/domain/ranking.ts';
import type { SettledDraw } from '#shared/domain/round-beacon.ts';
import { RoundFile } from '#shared/domain/round-file.ts';
import { ratedCriteria, totalWith } from '#shared/domain/rubric.ts';
import { interviewTotal } from '#shared/domain/station.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Vacancy } from '#shared/domain/vacancy.ts';
import { aCandidacy } from '#test/builders/candidacy.ts';
import { type Does, decided, eventsOf } from '#test/builders/offer-turns.ts';
import { afterwards, vacancyCode } from '#test/builders/offered.ts';
import { aVacancy } from '#test/builders/offers.ts';
import { named, scorecardsOf, scoreOf } from '#test/builders/rated.ts';
import { aRoundFile, roundFileText } from '#test/builders/round-file.ts';
import { at } from '#test/builders/worlds.ts';

const roundId = RoundId.parse('R0VND000000000000000');
const drawSeed = sha256Of('everyone who submitted');
const file = aRoundFile();

/** How well somebody did, from 0 to 3 at every criterion; whom they would work with; what may break a tie. */
export type Applicant = {
  scoring: number;
  interview: number;
  years?: number;
  wishes: readonly string[];
  /** Stopped at screening. */
  refused?: boolean;
  /** Points from another organisation, where the round has such criteria. */
  marks?: Readonly<Record<string, number>>;
};

/**
 * What somebody does with the offer that they hold, or what becomes of the posts of a vacancy: `who` is then its place among the wishable. In the
 * exchange everyone without a post chooses all of them, that one first; it happens once. Whoever is corrected, the next edition counts from then on.
 */
export type Turn = { who: number; does: Does | 'add-post' | 'drop-post' | 'exchange' | 'correct' };

export const wishable = ['MAT-001', 'MAT-002', 'MAT-003'] as const;
/** One, two and three posts; the last in schools that teach in Russian. */
const vacancies: readonly Vacancy[] = wishable.map((code, index) =>
  aVacancy(code, { posts: index + 1, language: index === 2 ? 'ru' : 'kk' }),
);

/** Ten thousand begin alike. */
const numberOf = (index: number): ApplicationNumber =>
  ApplicationNumber.parse(
    `KZ19-AAA${'ABCDEFGHJK'[Math.floor(index / 10_000)]}-${String(index % 10_000).padStart(4, '0')}`,
  );

const personOf = (
  { scoring, interview, years, wishes }: Applicant,
  index: number,
  rules: RoundFile,
): GatheredPerson => {
  const candidacy = aCandidacy({
    applicationId: ApplicationId.parse(named('APP', index)),
    number: numberOf(index),
    facts: {
      subjects: ['mathematics'],
      languages: ['kk'],
      choices: wishes.map(vacancyCode),
      ...(years !== undefined && { experienceYears: years }),
    },
  });
  const criteria = ratedCriteria(rules.rubric.criteria);
  return {
    candidacy,
    scores: [scoreOf(1, criteria, scoring), scoreOf(2, criteria, scoring + (index % 2))],
    scorecards: scorecardsOf(rules, interview),
    wishes: candidacy.facts.choices,
  };
};

const total = (scores: readonly Score[]): number => meanOf(scores.map((score) => score.total));

const partsOf = (
  { scores, scorecards }: Pick<GatheredPerson, 'scores' | 'scorecards'>,
  marks: Applicant['marks'],
  { rubric, interviews }: RoundFile,
) => ({
  scoring: totalWith(rubric.criteria, total(scores), marks ?? {}),
  interview: interviewTotal(scorecards, interviews),
  ...(marks && { marks: { ...marks } }),
});

/** What a committee decided on a round in which these people applied. */
export const aGatheredRound = (
  applicants: readonly Applicant[],
  rules: { file: RoundFile; text: string } = { file, text: roundFileText },
  draw: SettledDraw = { drawSeed },
): GatheredResults => {
  const people = applicants.map((one, index) => personOf(one, index, rules.file));
  const standings = resultsOf(
    people.map(({ candidacy, scores, scorecards }, index) => {
      const { applicationId, number } = candidacy;
      return applicants[index]?.refused
        ? { standing: { applicationId, number, outcome: 'stops' as const, reasons: ['education'] } }
        : { candidacy, parts: partsOf({ scores, scorecards }, applicants[index]?.marks, rules.file) };
    }),
    rules.file,
    { roundId, order: rules.file.ties.order, drawSeed: draw.drawSeed },
  );
  return {
    region: 'KZ-19',
    stage: 'claims',
    decision: sha256Of('the list'),
    madeAt: at('2022-11-14T05:00'),
    roundFile: { sha256: sha256Of(rules.text), text: rules.text },
    register: sha256Of('the register'),
    results: { schemaVersion: 1, roundId, stage: 'claims', ...draw, standings },
    file: rules.file,
    people: new Map(people.map((person) => [person.candidacy.applicationId, person])),
    secret: 'a secret of the test',
  };
};

/** The same once everyone was offered what was due and did as the turns say; who then holds an offer accepts it. */
export const afterOffers = (
  gathered: GatheredResults,
  turns: readonly Turn[],
  editions: readonly GatheredResults[] = [],
): GatheredResults => {
  const rules = RoundFile.parse(JSON.parse(gathered.roundFile.text));
  let plan: OfferPlan = rules.posts;
  const cameIn = (id: ApplicationId, from?: number): OffersGathered['contenders'][number] => {
    const candidacy = gathered.people.get(id)?.candidacy;
    if (!candidacy) throw new Error('Nobody is there.');
    return { candidacy, history: [], ...(from !== undefined && { from }) };
  };
  let people = goOnBy(gathered.results.standings).map((id) => cameIn(id));
  const rerankings: NonNullable<OffersGathered['rerankings']>[number][] = [];
  let now: Instant = at('2022-11-14T06:00');
  let serial = 0;
  let posts = vacancies;
  const capacities: NonNullable<OffersGathered['capacities']>[number][] = [];
  const happens = (who: number, decide: (candidacy: Candidacy) => CandidacyEvent[]): void => {
    people = people.map((one, index) => {
      if (index !== who) return one;
      const events = decide(one.candidacy);
      return { ...one, candidacy: afterwards(one.candidacy, events), history: [...one.history, ...events] };
    });
  };
  const ask = (): void => {
    now = addSeconds(now, 60);
    const wave = nextWave(
      people.map(({ candidacy }) => candidacy),
      posts,
      plan,
    );
    for (const { applicationId, vacancy } of wave) {
      serial += 1;
      const id = OfferId.parse(named('0FFER', serial));
      const expiresAt = answerBy(rules, now);
      const who = people.findIndex(({ candidacy }) => candidacy.applicationId === applicationId);
      happens(who, (one) =>
        decided(makeOffer(one, { id, vacancy, expiresAt, exchangedAt: plan.exchangedAt }, now)),
      );
    }
  };
  /** A post is dropped only where nobody has or holds it. */
  const recount = (place: number, by: 1 | -1): void => {
    now = addSeconds(now, 60);
    const found = posts[place % posts.length];
    const taken = found && seatsTaken(people.map(({ candidacy }) => candidacy)).get(found.code);
    if (!found || found.posts + by < (taken ?? 0)) return;
    posts = posts.with(posts.indexOf(found), { ...found, posts: found.posts + by });
    capacities.push({ vacancy: found.code, posts: found.posts + by, at: now });
  };
  const correct = (): void => {
    now = addSeconds(now, 60);
    const next = editions[rerankings.length];
    const number = next?.edition?.number;
    if (!next || number === undefined) return;
    const order = goOnBy(next.results.standings);
    const known = new Map(people.map((one) => [one.candidacy.applicationId, one]));
    const on = order.map((id) => known.get(id) ?? cameIn(id, number));
    const behind = people.filter((one) => !on.includes(one));
    people = [...on, ...behind];
    plan = { ...plan, stopped: new Set(behind.map(({ candidacy }) => candidacy.applicationId)) };
    rerankings.push({ edition: number, at: now, order });
  };
  const exchange = (first: number): void => {
    now = addSeconds(now, 60);
    if (plan.exchangedAt) return;
    const choices = [...posts.slice(first % 3), ...posts.slice(0, first % 3)].map(({ code }) => code);
    const ranked = { type: 'exchange-ranked', at: now, choices } as const;
    const withoutPost = people.flatMap(({ candidacy: one }, who) => (acceptedOffer(one) ? [] : who));
    for (const who of withoutPost) happens(who, () => [{ type: 'exchange-joined', at: now }, ranked]);
    now = addSeconds(now, 1);
    plan = { ...plan, exchangedAt: now };
  };
  const answer = ({ who, does }: { who: number; does: Does }): void => {
    serial += 1;
    // Lapsing waits for the deadline.
    const open = people.slice(who, who + 1).flatMap(({ candidacy }) => openOffers(candidacy));
    const soon = addSeconds(now, 60);
    const expiresAt = does === 'lapse' ? open[0]?.expiresAt : undefined;
    now = expiresAt !== undefined && expiresAt > soon ? expiresAt : soon;
    happens(who, (one) => eventsOf(one, does, { now, serial, until: answerBy(rules, now) }));
  };
  ask();
  for (const turn of turns) {
    const { who, does } = turn;
    if (does === 'add-post' || does === 'drop-post') recount(who, does === 'add-post' ? 1 : -1);
    else if (does === 'exchange') exchange(who);
    else if (does === 'correct') correct();
    else answer({ who: who % Math.max(1, people.length), does });
    ask();
  }
  for (let left = true; left; ) {
    const who = people.findIndex(({ candidacy }) => openOffers(candidacy).length > 0);
    left = who !== -1;
    if (left) answer({ who, does: 'accept' });
    ask();
  }
  const ids = new Set([gathered, ...editions].flatMap(({ results }) => goOnBy(results.standings)));
  const contenders = [...ids].flatMap((id) => people.filter((one) => one.candidacy.applicationId === id));
  const { stopped: _by, ...counted } = plan;
  const offers = { contenders, vacancies, plan: counted, capacities, rerankings };
  const { edition: _own, ...basis } = editions[rerankings.length - 1] ?? gathered;
  return { ...basis, stage: 'offers', madeAt: now, offers };
};

/** A key as a region has one. */
export const aKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

export const signedBy = (
  statement: Statement,
  { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject },
): string => {
  const der = sign('sha256', Buffer.from(signedText(sha256Of(canonicalJson(statement)))), privateKey);
  const signature = signatureOf(publicKey.export({ type: 'spki', format: 'der' }), der);
  return canonicalJson({ signature, statement } satisfies Bundle);
};

export type Published = { statement: Statement; text: string; receipts: readonly ResultReceipt[] };

/** What a region publishes of a round, signed by a key. */
export const published = (gathered: GatheredResults, key: ReturnType<typeof aKey>): Published => {
  const { statement, leaves } = composeResults(gathered);
  return { statement, text: signedBy(statement, key), receipts: receiptsOf({ statement, leaves }) };
};
