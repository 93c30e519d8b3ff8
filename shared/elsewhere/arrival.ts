import { verifyResults } from '#shared/bundle/verify.ts';
import type { Sha256 } from '#shared/domain/ids.ts';
import type { RegionCode } from '#shared/domain/region.ts';
import type { Newcomer } from '#shared/elsewhere/newcomer.ts';
import type { OpenPosts } from '#shared/elsewhere/open-posts.ts';
import { Handed, packetAbout, type ReadPacket, readPacket } from '#shared/elsewhere/packet.ts';
import type { Fault } from '#shared/errors.ts';
import { ok, type Result, refuse } from '#shared/result.ts';

/** What a packet is held against: our list, the private key that was made for it, and the key that its region was said to sign by. */
export type Expected = {
  here: RegionCode;
  list: OpenPosts;
  sha256: Sha256;
  privateKey: Uint8Array;
  pinned: (region: RegionCode) => Sha256 | undefined;
};

export type Arrived = ReadPacket & { people: Newcomer[] };

/**
 * Reads a packet with the published results that it names, both as texts. Refused with every fault: a signature or key that is not the region's, another list, a seal that does not
 * open, results that do not hold or are others, and people who are doubled, not in the results, or chose what is not on the list.
 */
export const readArrival = async (
  { packet: packetText, bundle }: { packet: string; bundle: string },
  expected: Expected,
): Promise<Result<Arrived, Fault[]>> => {
  const read = await readPacket(packetText);
  if (!read.ok) return read;
  const { packet, key } = read.value;
  const pinned = expected.pinned(packet.from);
  if (!pinned) return fault('noKey');
  if (pinned !== key) return fault('otherKey');
  if (packet.to !== expected.here || packet.list !== expected.sha256) return fault('otherList');
  const { unseal } = await import('#shared/elsewhere/sealed.ts');
  const text = await unseal(packet.sealed, { privateKey: expected.privateKey, about: packetAbout(packet) });
  const handed = text === undefined ? undefined : Handed.safeParse(jsonIn(text)).data;
  if (!handed || handed.people.length !== packet.people) return fault('seal');
  const results = await standingsIn(bundle, read.value);
  if (!results) return refuse([{ place: 'bundle', message: 'elsewhere.fault.bundle' }]);
  const faults = peopleFaults(handed, results, expected.list);
  if (faults.length > 0) return refuse(faults);
  const people = handed.people.flatMap((person): Newcomer[] => {
    const place = results.get(person.number);
    return place ? [{ ...person, ...place, from: packet.from }] : [];
  });
  return ok({ ...read.value, people });
};

const fault = (what: string): Result<never, Fault[]> =>
  refuse([{ place: 'packet', message: `elsewhere.fault.${what}` }]);

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

type Place = Pick<Newcomer, 'rank' | 'of' | 'total'>;

/** What the region published, by number; undefined where the bundle does not hold, or is another one than the packet names. */
const standingsIn = async (
  text: string,
  { packet, key }: ReadPacket,
): Promise<ReadonlyMap<string, Place> | undefined> => {
  const { holds, bundle } = await verifyResults(text);
  if (!holds || bundle?.sha256 !== packet.bundle || bundle.key !== key) return undefined;
  const { region, roundId, root, rows } = bundle.statement;
  if (region !== packet.from || roundId !== packet.roundId || root !== packet.root) return undefined;
  const ranked = rows.filter(({ outcome, rank }) => outcome === 'goes-on' && rank !== undefined);
  return new Map(
    ranked.flatMap(({ number, rank, total }) =>
      rank === undefined || total === undefined ? [] : [[number, { rank, of: ranked.length, total }]],
    ),
  );
};

const peopleFaults = (
  { people }: Handed,
  results: ReadonlyMap<string, Place>,
  { posts }: OpenPosts,
): Fault[] => {
  const listed = new Set<string>(posts.map(({ code }) => code));
  const seen = new Set<string>();
  return people.flatMap(({ number, choices }): Fault[] => {
    const facts = { number };
    const isDoubled = seen.has(number);
    seen.add(number);
    if (isDoubled) return [{ place: 'packet', message: 'elsewhere.fault.doubled', facts }];
    if (!results.has(number)) return [{ place: 'packet', message: 'elsewhere.fault.unranked', facts }];
    return choices.every((code) => listed.has(code))
      ? []
      : [{ place: 'packet', message: 'elsewhere.fault.unlisted', facts }];
  });
};
