import { fingerprintOf, signatureOf, signedText } from '#shared/bundle/signature.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { canonicalJson, sha256Of } from '#shared/domain/hash.ts';
import type { VacancyCode } from '#shared/domain/ids.ts';
import { OpenPosts } from '#shared/elsewhere/open-posts.ts';
import { type HandedPerson, type Packet, packetAbout } from '#shared/elsewhere/packet.ts';
import { privateKeyFrom, seal } from '#shared/elsewhere/sealed.ts';
import type { RegionWithPosts } from '#test/builders/elsewhere.ts';
import { aGatheredRound, aKey, published } from '#test/builders/results.ts';
import { signerOf } from '#test/builders/signer.ts';

type Sent = {
  length: number;
  choices: readonly VacancyCode[];
  /** How many people the results tell of; as many as are handed over, if not said otherwise. */
  ranked?: number;
};

/** The best of a region, as many as are handed over, with the results that it published. */
export const everybodyOf = async (
  { world, scene: { roundId } }: RegionWithPosts,
  { length, choices, ranked = length }: Sent,
) => {
  const key = aKey();
  const levels = Array.from({ length: ranked }, (_, index) => index % 4);
  const applicants = levels.map((level) => ({ scoring: 3, interview: Math.max(1, level), wishes: [] }));
  const { statement: results, text: bundle } = published(aGatheredRound(applicants), key);
  const own = (await world.records.find(elsewhereAggregate, roundId))?.state.own;
  if (!own) throw new Error('Nothing was listed.');
  const list = OpenPosts.parse(JSON.parse(await world.records.blob(own.statement)));
  const people = results.rows.slice(0, length).map(
    ({ number }, index): HandedPerson => ({
      number,
      // As long as names and addresses are allowed to be.
      name: 'Ә'.repeat(300),
      mail: `${'a'.repeat(290)}-${String(index).padStart(4, '0')}@example.kz`,
      locale: 'kk',
      subjects: ['mathematics'],
      agreedAt: world.clock.now(),
      choices: [...choices],
    }),
  );
  const address = { from: 'KZ-19', roundId: results.roundId, to: 'KZ-61', list: own.statement } as const;
  const once = privateKeyFrom('this once');
  const packet: Packet = {
    kind: 'packet',
    format: 1,
    ...address,
    intake: '2022-3',
    madeAt: world.clock.now(),
    people: people.length,
    bundle: sha256Of(bundle),
    root: results.root,
    sealed: await seal(canonicalJson({ people }), { to: list.sealTo, once, about: packetAbout(address) }),
  };
  const signer = signerOf(key);
  const der = await signer.sign(signedText(sha256Of(canonicalJson(packet)), 'packet'));
  const signature = signatureOf(await signer.publicKey(), der);
  const files = { packet: canonicalJson({ signature, statement: packet }), bundle };
  return { files, key: fingerprintOf(signature.publicKey) };
};
