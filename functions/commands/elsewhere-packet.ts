import { typedOf } from '#functions/commands/application-reading.ts';
import { ownerOf } from '#functions/commands/application-sections.ts';
import type { CommandDeps } from '#functions/commands/deps.ts';
import { publishedFor, replyName } from '#functions/commands/elsewhere-handing.ts';
import {
  noteElsewhere,
  outboxActor,
  type Telling,
  tellEach,
  tellOne,
} from '#functions/commands/elsewhere-noting.ts';
import { signedFile } from '#functions/commands/elsewhere-signed.ts';
import { offerBoard } from '#functions/commands/offer-board.ts';
import { openPostsOf } from '#functions/commands/pinned.ts';
import { eachOf } from '#functions/commands/selection.ts';
import { log } from '#functions/log.ts';
import type { Application } from '#shared/domain/application.ts';
import { applicationAggregate } from '#shared/domain/application-record.ts';
import type { Contender } from '#shared/domain/contender.ts';
import {
  type BroughtList,
  type Elsewhere,
  type ElsewhereEvent,
  elsewhereAggregate,
} from '#shared/domain/elsewhere.ts';
import { choicesAt, noteHanded } from '#shared/domain/elsewhere-choices.ts';
import { listOf } from '#shared/domain/elsewhere-decisions.ts';
import { goneElsewhere } from '#shared/domain/elsewhere-gone.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { RoundId, Sha256 } from '#shared/domain/ids.ts';
import { type FinalRound, isFinal, roundAggregate } from '#shared/domain/round-record.ts';
import type { Instant } from '#shared/domain/time.ts';
import { HandedPerson, type Packet, packetAbout, readPacket } from '#shared/elsewhere/packet.ts';
import { packetKey } from '#shared/ports/papers.ts';
import type { People } from '#shared/ports/sign-in.ts';
import type { Signer } from '#shared/ports/signer.ts';

type Deps = Pick<CommandDeps, 'records' | 'papers' | 'readLog' | 'clock' | 'chance' | 'nudge' | 'region'> & {
  people: Pick<People, 'profiles'>;
  signer: Signer;
};
type Place = { round: FinalRound; list: BroughtList };

/** A thousand people one after the other would take the outbox most of its two minutes. */
const readsAtOnce = 32;

/**
 * Seals and signs who agreed and chose, once: what was written by a try that was cut is taken as it is. Then notes it in the record, and with each of them, who is told by letter.
 * @throws when key or storage cannot be reached, or what lies there is no such packet
 */
export const makePacket = async (
  deps: Deps,
  { roundId, list: number }: { roundId: RoundId; list: number },
): Promise<void> => {
  const round = (await deps.records.find(roundAggregate, roundId))?.state;
  const elsewhere = (await deps.records.find(elsewhereAggregate, roundId))?.state;
  const list = elsewhere && listOf(elsewhere, number);
  if (!round || !isFinal(round) || !list?.handing) return;
  const place = { round, list };
  const key = packetKey(roundId, number);
  if (!(await deps.papers.exists(key))) {
    const file = await composed(deps, place);
    // Everybody has gone since: there is nobody to hand over.
    if (file === undefined) return await noteElsewhere(deps, roundId, dropped(number));
    await deps.papers.put({ key, bytes: new TextEncoder().encode(file), mediaType: 'application/json' });
  }
  const kept = await readPacket(new TextDecoder().decode(await deps.papers.read(key)));
  if (!kept.ok || kept.value.packet.list !== list.sha256) {
    throw new Error(`The packet ${number} of ${roundId} does not hold.`);
  }
  const { packet, sha256 } = kept.value;
  await noteElsewhere(
    deps,
    roundId,
    made(number, { packet: sha256, people: packet.people, madeAt: packet.madeAt }),
  );
  const telling: Telling = {
    note: (candidacy, now) => noteHanded(candidacy, { list: list.sha256, packet: sha256 }, now),
    template: 'elsewhere-handed',
    facts: { until: list.keptUntil },
  };
  const leaving = await handedOf(deps, place, packet.madeAt);
  await tellEach(leaving, ({ candidacy }) => tellOne(deps, place, candidacy.applicationId, telling));
  log.info('PACKET_MADE', { roundId, count: packet.people });
};

const made =
  (list: number, packet: { packet: Sha256; people: number; madeAt: Instant }) =>
  (state: Elsewhere, at: Instant): ElsewhereEvent[] =>
    listOf(state, list)?.handed ? [] : [{ type: 'elsewhere-packet-made', at, list, ...packet }];

const dropped =
  (list: number) =>
  (state: Elsewhere, at: Instant): ElsewhereEvent[] =>
    listOf(state, list)?.droppedAt ? [] : [{ type: 'elsewhere-packet-dropped', at, list }];

type Leaving = { candidacy: Contender; application: Application };

/**
 * Those of the moment in which it was decided, since when nobody is added, without whoever had left by the moment of the packet: who withdraws
 * the application or the consent to processing is not handed over any more, nor told so.
 */
const handedOf = async (deps: Deps, { round, list }: Place, madeAt: Instant): Promise<Leaving[]> => {
  const numbers = new Set(list.handing?.numbers);
  const { contenders } = await offerBoard(deps, round);
  const chosen = contenders.filter(({ state }) => numbers.has(state.number));
  const people = await eachOf(chosen, readsAtOnce, async ({ state: candidacy }): Promise<Leaving[]> => {
    const application = (await deps.records.find(applicationAggregate, candidacy.applicationId))?.state;
    return application && !hadLeft({ candidacy, application }, madeAt) ? [{ candidacy, application }] : [];
  });
  return people.flat();
};

const hadLeft = ({ candidacy, application }: Leaving, moment: Instant): boolean =>
  [
    candidacy.withdrawnAt,
    goneElsewhere(candidacy)?.goneAt,
    application.consentWithdrawnAt,
    application.erasedAt,
  ].some((at) => at !== undefined && at <= moment);

/** The text of the file; undefined where everybody has left. */
const composed = async (deps: Deps, place: Place): Promise<string | undefined> => {
  const { round, list } = place;
  const published = publishedFor({ round });
  if (!published) throw new Error(`The results of ${round.id} are not published.`);
  const madeAt = deps.clock.now();
  const leaving = await handedOf(deps, place, madeAt);
  const people = (await eachOf(leaving, readsAtOnce, (one) => handed(deps, one, list.sha256))).flatMap(
    (person) => person ?? [],
  );
  if (people.length === 0) return undefined;
  const address = { from: deps.region, roundId: round.id, to: list.region, list: list.sha256 };
  // Loaded with the first packet: the curve weighs more than the rest.
  const { privateKeyFrom, seal } = await import('#shared/elsewhere/sealed.ts');
  const { sealTo } = await openPostsOf(deps.records, list.file);
  const once = privateKeyFrom(await secretFor(deps, place, madeAt));
  const packet: Packet = {
    kind: 'packet',
    format: 1,
    ...address,
    intake: round.plan.intake,
    madeAt,
    people: people.length,
    bundle: published.bundle,
    root: published.root,
    sealed: await seal(canonicalJson({ people }), { to: sealTo, once, about: packetAbout(address) }),
  };
  return await signedFile(deps.signer, packet, 'packet');
};

/**
 * What the key of this packet follows from. With the moment, since a try that was cut made another one; and from a secret that stays, because what the other region answers is
 * sealed for the same key. Where none was laid down when it was decided, this function may not do so, and nothing that is sealed can come back.
 */
const secretFor = async (
  { records, chance }: Deps,
  { round, list }: Place,
  madeAt: Instant,
): Promise<string> => {
  if (!list.handing?.replies) return chance.token(32);
  return `${await records.secret(replyName(round.id, list.number), chance.token(32))}\n${madeAt}`;
};

/** What the consent names of one person; nothing of whose account is erased. The reading is logged as a disclosure. */
const handed = async (
  deps: Deps,
  { candidacy, application }: Leaving,
  list: Sha256,
): Promise<HandedPerson | undefined> => {
  const { number, facts } = candidacy;
  const profile = await deps.people.profiles.find(application.personId);
  const own = choicesAt(candidacy, list);
  if (!profile || !own) return undefined;
  const { fullName, phone } = await typedOf(deps.records, application);
  const at = deps.clock.now();
  await deps.readLog.add({ reader: outboxActor, owner: ownerOf(application), what: 'packet', at });
  const reached = typeof phone === 'string' && phone !== '' ? phone : profile.phone;
  return HandedPerson.parse({
    number,
    name: typeof fullName === 'string' && fullName !== '' ? fullName : number,
    ...(profile.mail && { mail: profile.mail }),
    ...(reached && { phone: reached }),
    locale: profile.locale,
    subjects: facts.subjects,
    agreedAt: own.agreedAt,
    choices: own.choices,
  });
};
