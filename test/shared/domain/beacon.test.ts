import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rehearsalValue } from '#infra/rehearsal/beacon.ts';
import {
  addressesOf,
  beaconDue,
  beaconTime,
  ChainName,
  chains,
  randomnessOf,
  seedFrom,
} from '#shared/domain/beacon.ts';
import { readBeaconValue } from '#shared/domain/beacon-reading.ts';
import { isFromBeacon, isSignedWith } from '#shared/domain/beacon-signature.ts';
import { sha256Of } from '#shared/domain/hash.ts';
import { instantOf } from '#shared/domain/time.ts';
import { flipped } from '#test/builders/beacon.ts';
import { at } from '#test/builders/worlds.ts';

/**
 * Values of quicknet that others check with other code: noislabs/drand-verify, `src/verify.rs` (123, of
 * https://api3.drand.sh/52db…e971/public/123), and mcdcam/python-drand-verify, `README.md` (657413, with its randomness).
 */
const published = [
  {
    round: 123,
    signature:
      'b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92',
  },
  {
    round: 657_413,
    signature:
      'b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b',
  },
] as const;
const [first, second] = published;

/** The hash of a chain, as drand computes it: period, genesis, key, hash of the first group, name. */
const hashOf = (name: ChainName, groupHash: string): string => {
  const { period, genesis, publicKey } = chains[name];
  const head = new DataView(new ArrayBuffer(12));
  head.setUint32(0, period);
  head.setBigInt64(4, BigInt(genesis));
  const parts = [
    new Uint8Array(head.buffer),
    hexToBytes(publicKey),
    hexToBytes(groupHash),
    utf8ToBytes(name),
  ];
  return bytesToHex(sha256(concatBytes(...parts)));
};

describe('the pinned chains', () => {
  it('have the hash that follows from their key, genesis and period', () => {
    // `groupHash` of quicknet: drand/drand-client, `lib/defaults.ts`.
    const ofLeague = 'f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e';

    expect(hashOf('quicknet', ofLeague)).toBe(chains.quicknet.hash);
    expect(hashOf('rehearsal', '0'.repeat(64))).toBe(chains.rehearsal.hash);
  });
});

describe('a signature', () => {
  it.for(published)('of quicknet that others hold for right is right: $round', (value) => {
    expect(isFromBeacon({ chain: 'quicknet', ...value })).toBe(true);
  });

  it('of the vector in drand-client is right with its key, and for no other round', () => {
    // drand/drand-client, `test/beacon-verification.test.ts`, "signatures on G1 with DST".
    const key =
      '81d320f220ee9c79e60e19dedc838c31e3ab919b15481e9feb52f643628c4f6a13fdc52129493875a818109d767272ca0541cbcdcea9335f2870d781b39b845ba8cbd44fdfe4967781cf72ca5917fc9398bcf97ca0548ed5a709016c4b1ff0f3';
    const signature =
      '95c93585c513ebbcb4777ff15599b3140e5ec0295faa0e483f3deadd88fa6d43f0d3703e3a4ce106e8fd6c6987f32126';

    expect(isSignedWith(key, { round: 38, signature })).toBe(true);
    expect(isSignedWith(key, { round: 55, signature })).toBe(false);
    expect(randomnessOf({ signature })).toBe(
      'b2fc21325a24904a6a9e81a6c63f65f6cec3f0b2400df3f4a56b214770e9ccca',
    );
  });

  it('is wrong for another round, for another chain, and where it is that of another round', () => {
    expect(isFromBeacon({ chain: 'quicknet', round: 124, signature: first.signature })).toBe(false);
    expect(isFromBeacon({ chain: 'rehearsal', ...first })).toBe(false);
    expect(isFromBeacon({ chain: 'quicknet', round: first.round, signature: second.signature })).toBe(false);
  });

  it('is wrong with any one bit flipped, also where that is no point of the curve', () => {
    fc.assert(
      fc.property(fc.nat(383), (bit) => {
        const bytes = hexToBytes(first.signature);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const signature = bytesToHex(bytes);
        expect(isFromBeacon({ chain: 'quicknet', round: first.round, signature })).toBe(false);
      }),
      { numRuns: 12 },
    );
  });

  it('of the chain of rehearsals is made by anybody', () => {
    const { round, signature } = rehearsalValue(8_000_000);

    expect(isFromBeacon({ chain: 'rehearsal', round, signature })).toBe(true);
    expect(isFromBeacon({ chain: 'rehearsal', round, signature: flipped(signature) })).toBe(false);
  });
});

describe('the value that counts', () => {
  const rule = { chain: 'quicknet', hoursAfterCall: 6 } as const;

  it('is the first that comes out so long after the call, or later', () => {
    const moment = fc.date({ min: new Date('2023-09-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 1, max: 720 }),
        fc.constantFrom(...ChainName.options),
        (date, hours, chain) => {
          const wanted = instantOf(new Date(date.getTime() + hours * 3_600_000));
          const due = beaconDue({ chain, hoursAfterCall: hours }, instantOf(date));
          expect(due.at >= wanted).toBe(true);
          expect(beaconTime({ chain, round: due.round - 1 }) < wanted).toBe(true);
          expect(beaconTime(due)).toBe(due.at);
        },
      ),
    );
  });

  it('is that of the very second where one comes out then, and the first of all before the chain began', () => {
    const genesis = instantOf(new Date(chains.quicknet.genesis * 1000));

    expect(beaconDue({ chain: 'quicknet', hoursAfterCall: 0 }, genesis).round).toBe(1);
    expect(beaconDue(rule, at('2020-01-01T00:00'))).toEqual({ chain: 'quicknet', round: 1, at: genesis });
  });

  it('has an address', () => {
    expect(addressesOf({ chain: 'quicknet', round: 5 })[0]).toBe(
      `https://api.drand.sh/${chains.quicknet.hash}/public/5`,
    );
  });
});

const faultOf = (text: string): string | undefined => {
  const read = readBeaconValue(text);
  return read.ok ? undefined : read.error.message.replace('beacon.fault.', '');
};

describe('a text that somebody pastes', () => {
  const randomness = randomnessOf(second);
  const { round, signature } = second;
  it.for([
    ['the JSON of the beacon', JSON.stringify({ round, randomness, signature })],
    ['that of its later interface', JSON.stringify({ round: String(round), signature })],
    ['with other members, in lines', JSON.stringify({ round, signature, previous_signature: '' }, null, 2)],
    ['number and signature', `${round} ${signature}`],
    ['in lines, in capitals', `\n${round},\n${signature.toUpperCase()}\n`],
  ])('is read: %s', ([, text]) => {
    expect(readBeaconValue(text ?? '')).toEqual({ ok: true, value: { round, signature } });
  });

  it('is the value whose randomness others publish with it', () => {
    expect(randomness).toBe('fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587');
  });

  it.for([
    ['', 'unreadable'],
    ['what is this?', 'unreadable'],
    [signature, 'unreadable'],
    [`${round} ${signature} ${signature}`, 'unreadable'],
    [`{"round":${round}}`, 'unreadable'],
    [' '.repeat(3000), 'unreadable'],
    [`0 ${signature}`, 'round'],
    [JSON.stringify({ round: -1, signature }), 'round'],
    [`${round} ${signature.slice(1)}`, 'damaged'],
    [`${round} ${signature.replace('b', 'g')}`, 'damaged'],
    [JSON.stringify({ round, randomness, signature: flipped(signature) }), 'randomness'],
    [JSON.stringify({ round, randomness: flipped(randomness), signature }), 'randomness'],
  ])('is not taken, and says why: %s', ([text, fault]) => {
    expect(faultOf(text ?? '')).toBe(fault);
  });
});

describe('the seed of draws', () => {
  const receipts = sha256Of('everyone who submitted');
  const basis = { receipts, callClosedAt: at('2026-11-26T12:00') };
  const beacon = { chain: 'quicknet', ...second } as const;

  it('comes from both, and from the receipts alone where there is no value', () => {
    expect(seedFrom({ ...basis, beacon })).toBe(sha256Of(receipts + randomnessOf(second)));
    expect(seedFrom(basis)).toBe(receipts);
  });

  it('is another one with another value, or with one receipt more', () => {
    const seeds = [
      seedFrom({ ...basis, beacon }),
      seedFrom({ ...basis, beacon: { ...beacon, ...first } }),
      seedFrom({ ...basis, receipts: sha256Of('one more'), beacon }),
    ];
    expect(new Set(seeds).size).toBe(3);
  });
});
