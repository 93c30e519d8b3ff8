import { type ApiDeps, createApi, operations } from '#functions/api/app.ts';
import { submitApplication } from '#functions/commands/applications.ts';
import { askCorrection } from '#functions/commands/data-requests.ts';
import { prepareScreening } from '#functions/commands/screening-preparation.ts';
import { changed } from '#functions/commands/storing.ts';
import type { Route } from '#functions/http/authorize.ts';
import { accountRoutes } from '#functions/web/account/routes.ts';
import { createWeb } from '#functions/web/app.tsx';
import type { Assets } from '#functions/web/assets.ts';
import { routes } from '#functions/web/routes.ts';
import { type CommitteeEvent, committeeAggregate } from '#shared/domain/committee.ts';
import { evolveAll } from '#shared/domain/event.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { GateId, PersonId, type RoundId, type Sha256 } from '#shared/domain/ids.ts';
import { type PersonEvent, personAggregate, registerPerson } from '#shared/domain/person.ts';
import { Role, rolesNeedingPasskey } from '#shared/domain/role.ts';
import type { RoundEvent } from '#shared/domain/round.ts';
import { roundAggregate } from '#shared/domain/round-record.ts';
import { MailAddress, type Strength } from '#shared/domain/sign-in.ts';
import { type StaffEvent, staffAggregate, staffId } from '#shared/domain/staff.ts';
import { gatedStages, Stage, stageAfter } from '#shared/domain/stage.ts';
import { standingText } from '#shared/domain/standing.ts';
import { addSeconds, type Instant } from '#shared/domain/time.ts';
import type { Commit } from '#shared/ports/records.ts';
import { memoryPeople } from '#test/builders/memory-people.ts';
import { aCallIn, aCompleteIn, aWorld, uploaded, type World } from '#test/builders/scenes.ts';
import { type Writes, watched } from './watched.ts';

export const origin = 'http://localhost:3000';

/** Somebody at the door: as what, and how they signed in; `owner` has an application in the call. */
export type Visitor = {
  name: string;
  token?: string;
  role?: Role;
  strength?: Strength;
  /** The passkey of the session is no longer among the person's. */
  removed?: boolean;
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

const typedInARequest = 'Туған жылым қате жазылған';

/** What of the owner is to be found nowhere but on the owner's pages, besides what the form holds. */
export const markers = [typedInARequest, 'owner@example.kz'] as const;

const assets: Assets = {
  stylesheet: '/s.css',
  script: undefined,
  passkeyScript: '/p.js',
  answer: () => undefined,
};

/** `older`: a browser that does not say Sec-Fetch-Site. */
export type Sent = { body?: string; headers?: Record<string, string>; older?: boolean };

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
  await admit(world.records.commit, people, world.clock.now());
  const own = { by: owner, applicationId: application };
  const asked = await askCorrection(world, { ...own, text: typedInARequest });
  if (submitted) await submitApplication(world, own);
  if (stage !== 'call') await bringTo(world, round, stage);
  if (submitted && stage === 'screening') await prepareScreening(world, round);

  const writes: Writes = { made: [] };
  const ports = watched({ records: world.records, people, files: world.files, nudge: world.nudge }, writes);
  const sendCode = async (): Promise<void> => {
    writes.made.push('sendCode');
  };
  const deps: ApiDeps = { ...world, ...ports, publicOrigin: origin, sendCode };
  const web = createWeb(deps, assets);
  const api = createApi(deps);
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

  /** The address of a route with objects that exist, or with names that nothing has. */
  const addressOf = ({ path }: Route, real: boolean): string =>
    path
      .replaceAll(/:locale(\{[^}]*\})?/g, 'en')
      .replaceAll(/:(\w+)(\{[^}]*\})?/g, (_whole, name: string) => (real ? (places[name] ?? 'X') : 'X'));

  const knock = async (route: Route, { token }: Visitor, sent: Sent & { real: boolean }) => {
    const address = addressOf(route, sent.real);
    const headers = new Headers({ origin, 'sec-fetch-site': 'same-origin', ...sent.headers });
    if (sent.older) headers.delete('sec-fetch-site');
    if (token) headers.set('cookie', `__Host-irikteu=${token}`);
    const app = address.startsWith('/api/') ? api : web;
    const before = writes.made.length;
    const response = await app.request(origin + address, {
      method: route.method,
      headers,
      ...(sent.body !== undefined && { body: sent.body }),
    });
    return { response, wrote: writes.made.slice(before) };
  };

  const all: readonly Route[] = [...routes(deps), ...accountRoutes(deps), ...operations(deps)];
  return { routes: all, knock };
};

export const nameOf = ({ method, path }: Route): string => `${method} ${path.replaceAll(/\{[^}]*\}/g, '')}`;

const personOf = (token: string): PersonId => PersonId.parse(sha256Of(token).toUpperCase().slice(0, 20));

/** Gives everyone an account, a session and the role. */
const admit = async (
  commit: (commit: Commit) => Promise<unknown>,
  people: ApiDeps['people'],
  now: ReturnType<ApiDeps['clock']['now']>,
): Promise<void> => {
  const granted: StaffEvent[] = [];
  for (const { token, role, strength, removed } of visitors) {
    if (!token || !role || !strength) continue;
    const personId = personOf(token);
    const credential = strength === 'passkey' ? sha256Of(`${token}'s passkey`) : undefined;
    const facts: PersonEvent[] = registerPerson(personId, now);
    if (credential && !removed) facts.push({ type: 'passkey-enrolled', at: now, credential });
    const snapshot = evolveAll(personAggregate, undefined, facts);
    const change = {
      aggregate: 'person',
      id: personId,
      expectedVersion: 0,
      facts,
      snapshot,
      lists: {},
    } as const;
    await commit({ by: { kind: 'operator' }, changes: [change] });
    const mail = MailAddress.parse(`${token}@example.kz`);
    await people.profiles.register({ personId, mail, locale: 'kk', registeredAt: now });
    const staff = role !== 'applicant';
    const session = {
      id: sha256Of(token),
      personId,
      strength,
      ...(credential && { credential }),
      staff,
      device: '',
      createdAt: now,
      lastSeenAt: now,
    };
    await people.sessions.begin(session);
    if (staff) granted.push({ type: 'role-granted', at: now, personId, role });
  }
  const snapshot = evolveAll(staffAggregate, undefined, granted);
  const change = {
    aggregate: 'staff',
    id: staffId,
    expectedVersion: 0,
    facts: granted,
    snapshot,
    lists: {},
  } as const;
  await commit({ by: { kind: 'operator' }, changes: [change] });
};

/** Everyone who holds a role of the committee with a passkey sits on it, and who is a guest scores for it; nothing was ever decided about anybody. */
const bringTo = async ({ records, clock }: World, roundId: RoundId, stage: Stage): Promise<void> => {
  const now = clock.now();
  const seats: CommitteeEvent[] = (['chair', 'secretary', 'member'] as const).map((seat) => ({
    type: 'seat-given',
    at: now,
    roundId,
    personId: personOf(`${seat}-passkey`),
    seat,
  }));
  const guests: CommitteeEvent[] = [
    {
      type: 'guest-invited',
      at: now,
      guest: 1,
      region: 'KZ-35',
      contact: { owner: `round#${roundId}`, kind: 'guest', version: 1, digest: sha256Of('guest') },
      items: { kind: 'drawn', atMost: 5 },
      invitedBy: personOf('secretary-passkey'),
      until: addSeconds(now, 86_400),
    },
    { type: 'guest-joined', at: now, guest: 1, personId: personOf('guest-passkey') },
  ];
  const committee = changed(committeeAggregate, roundId, undefined, [...seats, ...guests]).change;
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
