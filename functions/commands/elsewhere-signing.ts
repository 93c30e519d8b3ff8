import type { CommandDeps } from '#functions/commands/deps.ts';
import { noteElsewhere } from '#functions/commands/elsewhere-noting.ts';
import { log } from '#functions/log.ts';
import { signatureOf, signedText } from '#shared/bundle/signature.ts';
import { elsewhereAggregate } from '#shared/domain/elsewhere.ts';
import { canonicalJson } from '#shared/domain/hash.ts';
import type { RoundId } from '#shared/domain/ids.ts';
import { OpenPosts, type OpenPostsFile, readOpenPosts } from '#shared/elsewhere/open-posts.ts';
import { openPostsKey } from '#shared/ports/papers.ts';
import type { Signer } from '#shared/ports/signer.ts';

type Deps = Pick<CommandDeps, 'records' | 'papers' | 'clock' | 'nudge'> & { signer: Signer };

/**
 * Signs the list that somebody decided on and keeps its file, once: what was written by a try that was cut is taken as it is.
 * @throws when key or storage cannot be reached, or what lies there is no such list
 */
export const signOpenPosts = async (deps: Deps, { roundId }: { roundId: RoundId }): Promise<void> => {
  const own = (await deps.records.find(elsewhereAggregate, roundId))?.state.own;
  if (!own || own.signed) return;
  const list = OpenPosts.parse(JSON.parse(await deps.records.blob(own.statement)));
  const [publicKey, der] = await Promise.all([
    deps.signer.publicKey(),
    deps.signer.sign(signedText(own.statement, 'open-posts')),
  ]);
  const file: OpenPostsFile = { signature: signatureOf(publicKey, der), statement: list };
  const key = openPostsKey(roundId);
  await deps.papers.put({
    key,
    bytes: new TextEncoder().encode(canonicalJson(file)),
    mediaType: 'application/json',
  });
  const kept = await readOpenPosts(new TextDecoder().decode(await deps.papers.read(key)));
  if (!kept.ok || kept.value.sha256 !== own.statement) {
    throw new Error(`The list of open posts of ${roundId} does not hold.`);
  }
  const by = kept.value.key;
  await noteElsewhere(deps, roundId, (state, at) =>
    state.own && !state.own.signed ? [{ type: 'elsewhere-list-signed', at, key: by }] : [],
  );
  log.info('OPEN_POSTS_SIGNED', { roundId, count: list.posts.length });
};
