import { submitApplication } from '#functions/commands/applications.ts';
import { askCorrection } from '#functions/commands/data-requests.ts';
import { prepareScreening } from '#functions/commands/screening-preparation.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Route } from '#functions/http/authorize.ts';
import { type CommitteeEvent, committeeAggregate } from '#shared/domain/committee.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { GateId, type RoundId, type Sha256 } from '#shared/domain/ids.ts';
import { Role, rolesNeedingPasskey } from '#shared/domain/role.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import type { Strength } from '#shared/domain/sign-in.ts';
import { gatedStages, Stage, stageAfter } from '#shared/domain/stage.ts';
import { standingText } from '#shared/domain/standing.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aCallIn, aCompleteIn, aWorld, uploaded, type World } from '#test/builders/scenes.ts';
import { admit, doorsOf, personOf } from './doors.ts';

/** Somebody at the door: as what, and how they signed in; `owner` has an application in the call. */
export type Visitor = {
  name: string;
  token?: string;
  role?: Role;
  strength?: Strength;
  /** The passkey of the session is no longer among the person's. */
  removed?: boolean;
  /** Holds the role, and no seat on the committee of the round. */
  seatless?: boolean;
  /** What the browser sends instead of a session. */
  cookie?: string;
};

const staffRoles = Role.options.filter((role) => role !== 'applicant');

export const visitors: readonly Visitor[] = [
  { name: 'nobody' },
  { name: 'an applicant', token: 'stranger', role: 'applicant', strength: 'code' },
  { name: 'the owner', token: 'owner', role: 'applicant', strength: 'code' },
  ...staffRoles.flatMap((role): Visitor[] => [
    { name: `${role} after the code`, token: `${role}-code`, role, strength: 'code' },
    { name: `${role} with a passkey`, token: `${role}-passkey`, role, strength: 'passkey' },
  ]),
  {
    name: 'an administrator whose passkey was removed',
    token: 'administrator-removed',
    role: 'administrator',
    strength: 'passkey',
    removed: true,
  },
];

/** Said once more, without looking at how the product decides it. */
export const mayUse = ({ who }: Route, { role, strength, removed }: Visitor): boolean => {
  if (who === 'public') return true;
  if (role === undefined) return false;
  // Whoever signs in may be an applicant, whatever else they are.
  if (who === 'signed-in' || who.includes('applicant')) return true;
  return who.includes(role) && ((strength === 'passkey' && !removed) || !rolesNeedingPasskey.has(role));
};

export const typedInARequest = 'Туған жылым қате жазылған';

/** What of the owner is to be found nowhere but on the owner's pages, besides what the form holds. */
export const markers = [typedInARequest, 'owner@example.kz'] as const;

/**
 * Pages and API on one record, in which there is something to steal: a call, and somebody's whole application.
 * @param stage that the round is in, with a committee on which everyone sits who holds a role for it
 * @param submitted whether the application is, and, in screening, before the committee
 */
export const aBuilding = async (stage: Stage = 'call', { submitted = false } = {}) => {
  const world = aWorld();
  const people = memoryPeople();
  const round = await aCallIn(world);
  const owner = { personId: personOf('owner') };
  const application = await aCompleteIn(world, round, owner);
  const document = await uploaded(world, { by: owner, applicationId: application });
  await admit(world, people, visitors);
  const own = { by: owner, applicationId: application };
  const asked = await askCorrection(world, { ...own, text: typedInARequest });
  if (submitted) await submitApplication(world, own);
  if (stage !== 'call') await bringTo(world, round, stage);
  if (submitted && stage === 'screening') await prepareScreening(world, round);
  const places: Partial<Record<string, string>> = {
    round,
    application,
    document,
    request: asked.ok ? asked.value.id : 'X',
    section: 'motivation',
    code: 'MAT-001',
    requirement: 'diploma',
    file: 'kk',
  };
  return doorsOf(world, people, (name) => places[name]);
};

/** Everyone who holds a role of the committee with a passkey sits on it, and who is a guest scores for it. */
export const seatsAndGuests = (roundId: RoundId, at: Instant): CommitteeEvent[] => [
  ...(['chair', 'secretary', 'member'] as const).map((seat) => ({
    type: 'seat-given' as const,
    at,
    roundId,
    personId: personOf(`${seat}-passkey`),
    seat,
  })),
  {
    type: 'guest-invited',
    at,
    guest: 1,
    region: 'KZ-35',
    contact: { owner: `round#${roundId}`, kind: 'guest', version: 1, digest: sha256Of('guest') },
    items: { kind: 'drawn', atMost: 5 },
    invitedBy: personOf('secretary-passkey'),
    until: addSeconds(at, 86_400),
  },
  { type: 'guest-joined', at, guest: 1, personId: personOf('guest-passkey') },
];

/** The stage, with everyone seated; nothing was ever decided about anybody. */
const bringTo = async ({ records, clock }: World, roundId: RoundId, stage: Stage): Promise<void> => {
  const now = clock.now();
  const committee = changed(committeeAggregate, roundId, undefined, seatsAndGuests(roundId, now)).change;
  await records.commit({ by: { kind: 'operator' }, changes: [committee] });
  const before = await records.find(roundAggregate, roundId);
  const { events, blobs } = wayTo(stage, roundId, now);
  if (events.length === 0) return;
  const { change } = changed(roundAggregate, roundId, before, events);
  await records.commit({ by: { kind: 'operator' }, changes: [change], blobs });
};

const wayTo = (stage: Stage, roundId: RoundId, at: Instant) => {
  const gate = GateId.parse('GATE0000000000000000');
  const events: RoundEvent[] = [];
  const blobs: { sha256: Sha256; text: string }[] = [];
  if (stage === 'cancelled') {
    const reason = { owner: `round#${roundId}`, kind: 'reason', version: 1, digest: sha256Of('r') } as const;
    return { events: [{ type: 'round-cancelled', at, reason } satisfies RoundEvent], blobs };
  }
  events.push({ type: 'call-closed', at });
  const passed = stage === 'closed' ? gatedStages : gatedStages.filter((one) => isBefore(one, stage));
  for (const from of passed) {
    const list = standingText({ roundId, stage: from, standings: [] });
    blobs.push(list);
    const to = stageAfter(from);
    const claimsCloseAt = to === 'claims' ? { claimsCloseAt: addSeconds(at, 86_400) } : {};
    events.push({ type: 'stage-advanced', at, from, to, gate, decision: list.sha256, ...claimsCloseAt });
  }
  return { events, blobs };
};

const isBefore = (one: Stage, other: Stage): boolean =>
  Stage.options.indexOf(one) < Stage.options.indexOf(other);
